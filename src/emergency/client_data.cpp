// SPDX-License-Identifier: Apache-2.0
#include "emergency/client_data.hpp"

#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace sekisho::emergency
{
namespace
{

std::unexpected<error> refused(std::string_view step, std::string detail)
{
    return fail(errc::emergency_refused, step, std::move(detail));
}

std::string shown(const std::string& text) { return "\"" + text.substr(0, 200) + "\""; }

result<void> check_origin(const json_object& data, const expected_ceremony& expected, std::string_view step)
{
    const auto origin = data.text("origin");
    if (!origin)
        return refused(step, origin.error().detail);
    if (*origin != expected.origin)
        return refused(step, "origin " + shown(*origin) + ", expected " + shown(expected.origin));
    const auto crossed = data.optional_bool("crossOrigin");
    if (!crossed)
        return refused(step, crossed.error().detail);
    if (crossed->value_or(false) || data.has("topOrigin"))
        return refused(step, "crossOrigin: within a frame of another site");
    return {};
}

// No connection of ours has a token binding (RFC 8471), so nobody can have used one.
result<void> check_token_binding(const json_object& data, std::string_view step)
{
    const auto* const binding = data.find("tokenBinding");
    if (binding == nullptr || binding->is_null())
        return {};
    const auto members = json_object::of(*binding, "tokenBinding");
    if (!members)
        return refused(step, members.error().detail);
    const auto status = members->text("status");
    if (!status || *status != "supported")
        return refused(step, "a token binding, which this connection does not have");
    return {};
}

} // namespace

result<void>
check_client_data(byte_view client_data, const expected_ceremony& expected, const client_data_steps& steps)
{
    const auto value = parse_json(as_text(client_data), {.size = 4096, .depth = 4});
    if (!value)
        return refused(steps.readable, value.error().detail);
    const auto data = json_object::of(*value, "client_data");
    if (!data)
        return refused(steps.readable, data.error().detail);
    const auto type = data->text("type");
    if (!type || *type != steps.type_name)
        return refused(steps.type, "type is not " + std::string(steps.type_name));
    const auto challenge = data->text("challenge");
    if (!challenge || expected.challenge.empty() || *challenge != expected.challenge)
        return refused(steps.challenge, "the challenge is not the one that was given");
    if (auto good = check_origin(*data, expected, steps.origin); !good)
        return good;
    return check_token_binding(*data, steps.token_binding);
}

} // namespace sekisho::emergency
