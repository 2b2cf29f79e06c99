// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.hpp"
#include "crypto/signature.hpp"
#include "emergency/ceremony.hpp"
#include "emergency/client_data.hpp"

#include <optional>

namespace sekisho::emergency
{
namespace
{

constexpr std::size_t largest = 16 * std::size_t{1024};

std::unexpected<error> refused(std::string_view step, std::string detail)
{
    return fail(errc::emergency_refused, step, std::move(detail));
}

struct self_attestation
{
    std::int64_t alg = 0;
    byte_view signature;
};

// WebAuthn Level 2, 6.5.4.
struct attestation_object
{
    std::string_view format;
    std::optional<self_attestation> self; // nullopt: an empty statement
    byte_view authenticator_data;
};

// 8.2: of "packed" only the form without a certificate, which is a signature with the new key itself.
result<std::optional<self_attestation>> read_statement(cbor_reader& from)
{
    const auto count = from.map();
    if (!count)
        return std::unexpected(count.error());
    if (*count == 0)
        return std::nullopt;
    self_attestation read;
    bool has_alg = false;
    for (std::size_t index = 0; index < *count; ++index)
    {
        const auto name = from.text();
        if (!name)
            return std::unexpected(name.error());
        if (*name == "alg" && !has_alg)
        {
            const auto alg = from.integer();
            if (!alg)
                return std::unexpected(alg.error());
            read.alg = *alg;
            has_alg = true;
        }
        else if (*name == "sig" && read.signature.empty())
        {
            const auto signature = from.octets();
            if (!signature)
                return std::unexpected(signature.error());
            read.signature = *signature;
        }
        else
            return fail(errc::value_malformed, "attestation", "a statement that was not asked for");
    }
    if (!has_alg || read.signature.empty())
        return fail(errc::value_malformed, "attestation", "a statement without alg or sig");
    return read;
}

result<attestation_object> read_object(byte_view data)
{
    if (data.size() > largest)
        return fail(errc::value_malformed, "attestation", "larger than 16 KiB");
    cbor_reader from(data);
    const auto count = from.map();
    if (!count)
        return std::unexpected(count.error());
    attestation_object read;
    bool has_statement = false;
    for (std::size_t index = 0; index < *count; ++index)
    {
        const auto name = from.text();
        if (!name)
            return std::unexpected(name.error());
        if (*name == "fmt" && read.format.empty())
        {
            const auto format = from.text();
            if (!format)
                return std::unexpected(format.error());
            read.format = *format;
        }
        else if (*name == "attStmt" && !has_statement)
        {
            const auto statement = read_statement(from);
            if (!statement)
                return std::unexpected(statement.error());
            read.self = *statement;
            has_statement = true;
        }
        else if (*name == "authData" && read.authenticator_data.empty())
        {
            const auto inner = from.octets();
            if (!inner)
                return std::unexpected(inner.error());
            read.authenticator_data = *inner;
        }
        else
            return fail(
                errc::value_malformed, "attestation", "a member that does not belong there, or twice"
            );
    }
    if (!from.is_at_end() || read.format.empty() || !has_statement || read.authenticator_data.empty())
        return fail(errc::value_malformed, "attestation", "incomplete, or with bytes behind its end");
    return read;
}

std::int64_t cose_number(crypto::algorithm alg)
{
    return alg == crypto::algorithm::es256 ? -7 : alg == crypto::algorithm::eddsa ? -8 : -257;
}

// 8.2 and 8.7. The maker's word was not asked for, and none is believed.
result<void> check_statement(const attestation_object& object, const public_key& key, byte_view client_data)
{
    if (object.format == "none" && !object.self)
        return {};
    if (object.format != "packed" || !object.self)
        return refused("registration.step_18", "an attestation that was not asked for");
    auto is_signed = bytes(object.authenticator_data.begin(), object.authenticator_data.end());
    const auto hash = crypto::hash(crypto::digest::sha256, client_data);
    is_signed.insert(is_signed.end(), hash.begin(), hash.end());
    if (object.self->alg != cose_number(key.alg) ||
        !crypto::verify_signature(key.alg, key.key, is_signed, object.self->signature))
        return refused("registration.step_19", "the statement is not signed with the new key");
    return {};
}

} // namespace

result<passkey> check_registration(const registration& answer, const expected_ceremony& expected)
{
    if (auto good = check_client_data(answer.client_data, expected, registration_steps); !good)
        return std::unexpected(good.error());
    const auto object = read_object(answer.attestation);
    if (!object)
        return refused("registration.step_12", to_text(object.error()));
    auto data = parse_authenticator_data(object->authenticator_data);
    if (!data)
        return refused("registration.step_12", to_text(data.error()));
    const auto hash = crypto::hash(crypto::digest::sha256, as_bytes(expected.rp_id));
    if (!crypto::equal_in_constant_time(data->rp_id_hash, hash))
        return refused("registration.step_13", "the passkey was made for another host");
    if (!data->is_user_present)
        return refused("registration.step_14", "nobody was there");
    if (!data->is_user_verified)
        return refused("registration.step_15", "the authenticator did not ask for a PIN, finger or face");
    if (!data->credential)
        return refused("registration.step_16", "no key");
    if (auto good = check_statement(*object, data->credential->key, answer.client_data); !good)
        return std::unexpected(good.error());
    return passkey{
        .id = std::move(data->credential->id),
        .key = std::move(data->credential->key),
        .counter = data->counter
    };
}

} // namespace sekisho::emergency
