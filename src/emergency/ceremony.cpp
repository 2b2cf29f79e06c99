// SPDX-License-Identifier: Apache-2.0
#include "emergency/ceremony.hpp"

#include "crypto/hash.hpp"
#include "crypto/signature.hpp"
#include "emergency/client_data.hpp"

namespace sekisho::emergency
{
namespace
{

std::unexpected<error> refused(std::string_view step, std::string detail)
{
    return fail(errc::emergency_refused, step, std::move(detail));
}

// 7.2, steps 5 to 7: the passkey and the person belong together.
result<void> check_owner(const assertion& answer, const passkey& known, byte_view user_handle)
{
    if (!crypto::equal_in_constant_time(answer.id, known.id))
        return refused("assertion.step_5", "another passkey");
    if (!answer.user_handle)
        return known.is_discoverable ? refused("assertion.step_6", "no user handle") : result<void>();
    if (!crypto::equal_in_constant_time(*answer.user_handle, user_handle))
        return refused("assertion.step_6", "the user handle is somebody else's");
    return {};
}

result<void> check_presence(const authenticator_data& data, const expected_ceremony& expected)
{
    const auto hash = crypto::hash(crypto::digest::sha256, as_bytes(expected.rp_id));
    if (!crypto::equal_in_constant_time(data.rp_id_hash, hash))
        return refused("assertion.step_15", "signed for another host");
    if (!data.is_user_present)
        return refused("assertion.step_16", "nobody was there");
    if (!data.is_user_verified)
        return refused("assertion.step_17", "the authenticator did not ask for a PIN, finger or face");
    return {};
}

result<void> check_signature(const assertion& answer, const passkey& known)
{
    auto is_signed = answer.authenticator_data;
    const auto hash = crypto::hash(crypto::digest::sha256, answer.client_data);
    is_signed.insert(is_signed.end(), hash.begin(), hash.end());
    if (!crypto::verify_signature(known.key.alg, known.key.key, is_signed, answer.signature))
        return refused("assertion.step_20", "the signature is not the passkey's");
    return {};
}

} // namespace

result<std::uint32_t> check_assertion(
    const assertion& answer, const passkey& known, byte_view user_handle, const expected_ceremony& expected
)
{
    if (auto good = check_owner(answer, known, user_handle); !good)
        return std::unexpected(good.error());
    if (auto good = check_client_data(answer.client_data, expected, assertion_steps); !good)
        return std::unexpected(good.error());
    const auto data = parse_authenticator_data(answer.authenticator_data);
    if (!data)
        return refused("assertion.step_8", to_text(data.error()));
    if (auto good = check_presence(*data, expected); !good)
        return std::unexpected(good.error());
    if (auto good = check_signature(answer, known); !good)
        return std::unexpected(good.error());
    // Step 21. Passkeys that are kept on several devices always say 0.
    if ((data->counter != 0 || known.counter != 0) && data->counter <= known.counter)
        return refused(
            "assertion.step_21",
            "the counter is " + std::to_string(data->counter) + " and was " + std::to_string(known.counter) +
                ": somebody may have a copy of this passkey; remove it if that cannot be explained"
        );
    return data->counter;
}

} // namespace sekisho::emergency
