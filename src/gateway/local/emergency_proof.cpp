// SPDX-License-Identifier: Apache-2.0
#include "gateway/local/emergency_proof.hpp"

#include "emergency/password_hash.hpp"
#include "emergency/totp.hpp"
#include "oidc/foreign.hpp"

#include <utility>

namespace sekisho::gateway
{
namespace
{

using emergency::people;
using after = emergency::people_register::after;

constexpr std::string_view where = "emergency";

std::unexpected<error> refused(std::string detail)
{
    return fail(errc::emergency_refused, where, std::move(detail));
}

result<bytes> octets(const http::form& fields, std::string_view name)
{
    auto read = base64url_decode(fields.first(name).value_or(""));
    if (!read)
        return refused(std::string(name) + " is not base64url");
    return read;
}

emergency::expected_ceremony expected(const emergency_attempt& what)
{
    return {what.origin, what.rp_id, what.form.token};
}

// The log tells whose passkey or password it was that did not do.
error about(const std::string& name, error why)
{
    why.detail = name + ": " + why.detail;
    return why;
}

result<emergency::assertion> read_assertion(const http::form& fields)
{
    emergency::assertion read;
    for (const auto& [name, member] :
         {std::pair("credential", &read.id),
          std::pair("client_data", &read.client_data),
          std::pair("authenticator_data", &read.authenticator_data),
          std::pair("signature", &read.signature)})
    {
        auto value = octets(fields, name);
        if (!value)
            return std::unexpected(value.error());
        *member = std::move(*value);
    }
    auto handle = octets(fields, "user_handle");
    if (!handle)
        return std::unexpected(handle.error());
    if (!handle->empty())
        read.user_handle = std::move(*handle);
    return read;
}

result<emergency_proof> prove_passkey(emergency::people_register& in, const emergency_attempt& what)
{
    const auto answer = read_assertion(what.fields);
    if (!answer)
        return std::unexpected(answer.error());
    emergency_proof proof{.name = {}, .amr = {"hwk", "user"}};
    const auto done = in.update(
        [&](people& all) -> result<after>
        {
            auto* const who = all.with_passkey(answer->id);
            if (who == nullptr)
                return refused("nobody has this passkey");
            for (auto& each : who->passkeys)
            {
                if (each.key.id != answer->id)
                    continue;
                const auto counter =
                    emergency::check_assertion(*answer, each.key, who->handle, expected(what));
                if (!counter)
                    return std::unexpected(about(who->name, counter.error()));
                proof.name = who->name;
                // What did not change is not written, so that a passkey without a counter needs no writing.
                return std::exchange(each.key.counter, *counter) == *counter ? after::leave_alone
                                                                             : after::keep;
            }
            return refused("nobody has this passkey");
        }
    );
    if (!done)
        return std::unexpected(done.error());
    return proof;
}

result<emergency_proof> prove_password(emergency::people_register& in, const emergency_attempt& what)
{
    const std::string name(what.fields.first("name").value_or(""));
    const secret password(std::string(what.fields.first("password").value_or("")));
    const auto code = what.fields.first("code").value_or("");
    const auto known = in.read();
    if (!known)
        return std::unexpected(known.error());
    const auto* const who = known->find(name);
    const auto is_kept = who != nullptr && who->password;
    // Whoever is not there takes as long as who is.
    const auto is_right = emergency::is_password(
        password, is_kept ? std::string_view(who->password->hash) : emergency::nobodys_hash()
    );
    if (!is_kept)
        return refused("nobody of the name that was typed has a password");
    const auto done = in.update(
        [&](people& all) -> result<after>
        {
            auto* const now_known = all.find(name);
            if (!is_right || now_known == nullptr || !now_known->password ||
                now_known->password->hash != who->password->hash)
                return refused(name + ": the password is wrong");
            auto& kept = *now_known->password;
            const auto step = emergency::check_totp(kept.totp, code, what.now, kept.last_step);
            if (!step)
                return refused(name + ": the password is right, but the code is wrong or was used before");
            kept.last_step = *step;
            return after::keep;
        }
    );
    if (!done)
        return std::unexpected(done.error());
    return emergency_proof{.name = name, .amr = {"pwd", "otp"}};
}

result<emergency_proof> enrol(emergency::people_register& in, const emergency_attempt& what)
{
    emergency::registration answer;
    auto client_data = octets(what.fields, "client_data");
    if (!client_data)
        return std::unexpected(client_data.error());
    auto attestation = octets(what.fields, "attestation");
    if (!attestation)
        return std::unexpected(attestation.error());
    answer.client_data = std::move(*client_data);
    answer.attestation = std::move(*attestation);
    auto made = emergency::check_registration(answer, expected(what));
    if (!made)
        return std::unexpected(made.error());
    made->is_discoverable = what.fields.first("discoverable") == "yes";
    emergency_proof proof;
    const auto done = in.update(
        [&](people& all) -> result<after>
        {
            auto* const who = all.with_invitation(what.form.about, what.now);
            if (who == nullptr)
                return refused("the invitation is used up, over, or none of ours");
            if (const auto added = emergency::add_passkey(all, *who, std::move(*made), what.now); !added)
                return std::unexpected(about(who->name, added.error()));
            proof.name = who->name;
            return after::keep;
        }
    );
    if (!done)
        return std::unexpected(done.error());
    return proof;
}

} // namespace

result<emergency_way> way_of(const http::form& fields)
{
    const auto way = fields.first("way").value_or("");
    if (way == "passkey")
        return emergency_way::passkey;
    if (way == "password")
        return emergency_way::password;
    if (way == "register")
        return emergency_way::registration;
    return fail(
        errc::request_malformed,
        where,
        "not a form of this page: expected way passkey, password or register, received " +
            oidc::in_quotes(way)
    );
}

result<emergency_proof> prove(emergency::people_register& people, const emergency_attempt& what)
{
    switch (what.way)
    {
    case emergency_way::passkey:
        return prove_passkey(people, what);
    case emergency_way::password:
        return prove_password(people, what);
    case emergency_way::registration:
        break;
    }
    return enrol(people, what);
}

} // namespace sekisho::gateway
