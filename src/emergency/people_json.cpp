// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "emergency/people.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

namespace sekisho::emergency
{
namespace
{

constexpr std::string_view where = "emergency.file";
constexpr int version = 1;

std::unexpected<error> refused(std::string detail)
{
    return fail(errc::value_malformed, where, std::move(detail));
}

json written(const kept_passkey& kept)
{
    return {
        {"id", base64url_encode(kept.key.id)},
        {"key", json::parse(kept.key.key.jwk)},
        {"counter", kept.key.counter},
        {"discoverable", kept.key.is_discoverable},
        {"registered", kept.registered.time_since_epoch().count()},
    };
}

json written(const person& who)
{
    json out{{"name", who.name}, {"handle", base64url_encode(who.handle)}};
    if (who.invited)
        out["invitation"] = {
            {"sha256", who.invited->hash}, {"ends", who.invited->ends.time_since_epoch().count()}
        };
    if (who.password)
        out["password"] = {
            {"hash", who.password->hash},
            {"totp", who.password->totp.reveal()},
            {"last_step", who.password->last_step}
        };
    auto& keys = out["passkeys"] = json::array();
    for (const auto& each : who.passkeys)
        keys.push_back(written(each));
    return out;
}

result<bytes> octets(const json_object& from, std::string_view name)
{
    const auto text = from.text(name);
    if (!text)
        return std::unexpected(text.error());
    return base64url_decode(*text);
}

// A whole number that is there and not negative.
result<std::int64_t> whole(const json_object& from, std::string_view name)
{
    const auto value = from.optional_number(name);
    if (!value)
        return std::unexpected(value.error());
    constexpr double largest = 9007199254740992.0; // 2^53
    if (!*value || **value < 0 || **value > largest || std::floor(**value) != **value)
        return refused(std::string(name) + " is not a whole number");
    return static_cast<std::int64_t>(**value);
}

result<time_point> moment(const json_object& from, std::string_view name)
{
    const auto seconds = whole(from, name);
    if (!seconds)
        return std::unexpected(seconds.error());
    return time_point(std::chrono::seconds(*seconds));
}

result<kept_passkey> read_passkey(const json& value)
{
    const auto from = json_object::of(value, where);
    if (!from)
        return std::unexpected(from.error());
    auto id = octets(*from, "id");
    if (!id)
        return std::unexpected(id.error());
    const auto* const jwk = from->find("key");
    if (jwk == nullptr)
        return refused("a passkey without key");
    auto key = read_kept_key(to_text(*jwk));
    if (!key)
        return std::unexpected(key.error());
    const auto counter = whole(*from, "counter");
    if (!counter || *counter > std::numeric_limits<std::uint32_t>::max())
        return refused("a passkey's counter is not a whole number");
    const auto is_discoverable = from->optional_bool("discoverable");
    if (!is_discoverable)
        return std::unexpected(is_discoverable.error());
    const auto registered = moment(*from, "registered");
    if (!registered)
        return std::unexpected(registered.error());
    passkey read{
        std::move(*id),
        std::move(*key),
        static_cast<std::uint32_t>(*counter),
        is_discoverable->value_or(false)
    };
    return kept_passkey{std::move(read), *registered};
}

result<std::optional<invitation>> read_invitation(const json_object& of)
{
    const auto* const value = of.find("invitation");
    if (value == nullptr)
        return std::nullopt;
    const auto from = json_object::of(*value, where);
    if (!from)
        return std::unexpected(from.error());
    auto hash = from->text("sha256");
    if (!hash)
        return std::unexpected(hash.error());
    const auto ends = moment(*from, "ends");
    if (!ends)
        return std::unexpected(ends.error());
    return invitation{std::move(*hash), *ends};
}

result<std::optional<kept_password>> read_password(const json_object& of)
{
    const auto* const value = of.find("password");
    if (value == nullptr)
        return std::nullopt;
    const auto from = json_object::of(*value, where);
    if (!from)
        return std::unexpected(from.error());
    auto hash = from->text("hash");
    if (!hash)
        return std::unexpected(hash.error());
    auto totp = from->text("totp");
    if (!totp)
        return std::unexpected(totp.error());
    const auto last_step = whole(*from, "last_step");
    if (!last_step)
        return std::unexpected(last_step.error());
    return kept_password{std::move(*hash), secret(std::move(*totp)), *last_step};
}

result<person> read_person(const json& value)
{
    const auto from = json_object::of(value, where);
    if (!from)
        return std::unexpected(from.error());
    auto name = from->text("name");
    if (!name)
        return std::unexpected(name.error());
    if (!is_person_name(*name))
        return refused("\"" + *name + "\" is not a name");
    auto handle = octets(*from, "handle");
    if (!handle)
        return std::unexpected(handle.error());
    auto invited = read_invitation(*from);
    if (!invited)
        return std::unexpected(invited.error());
    auto password = read_password(*from);
    if (!password)
        return std::unexpected(password.error());
    person read{std::move(*name), std::move(*handle), std::move(*invited), {}, std::move(*password)};
    const auto* const keys = from->find("passkeys");
    if (keys == nullptr || !keys->is_array())
        return refused(read.name + " has no list of passkeys");
    for (const auto& each : *keys)
    {
        auto key = read_passkey(each);
        if (!key)
            return refused(read.name + ": " + to_text(key.error()));
        read.passkeys.push_back(std::move(*key));
    }
    return read;
}

} // namespace

std::string people::to_json() const
{
    auto list = json::array();
    for (const auto& each : all_)
        list.push_back(written(each));
    return json{{"version", version}, {"people", std::move(list)}}.dump(2) + "\n";
}

result<people> people::from_json(std::string_view text)
{
    const auto value = parse_json(text, {.size = 1024 * 1024, .depth = 8});
    if (!value)
        return refused(value.error().detail);
    const auto top = json_object::of(*value, where);
    if (!top)
        return std::unexpected(top.error());
    const auto written_as = whole(*top, "version");
    if (!written_as || *written_as != version)
        return refused("is not a file of `sekisho emergency`: its version is not 1");
    const auto* const list = top->find("people");
    if (list == nullptr || !list->is_array())
        return refused("has no list of people");
    people read;
    for (const auto& each : *list)
    {
        auto who = read_person(each);
        if (!who)
            return std::unexpected(who.error());
        if (read.find(who->name) != nullptr)
            return refused(who->name + " is there twice");
        read.all_.push_back(std::move(*who));
    }
    return read;
}

} // namespace sekisho::emergency
