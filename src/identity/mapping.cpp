// SPDX-License-Identifier: Apache-2.0
#include "identity/mapping.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace sekisho::identity
{
namespace
{

constexpr std::string_view step = "identity.mapping";

std::string listed(const claim_chain& chain)
{
    std::string text;
    for (const auto& path : chain)
        text.append(text.empty() ? "" : ", ").append(path);
    return text.empty() ? "(none configured)" : text;
}

std::unexpected<error> unusable(std::string_view claim, std::string_view fault)
{
    std::string detail("claim ");
    detail.append(claim).append(" ").append(fault);
    return fail(errc::oidc_identity_unusable, step, std::move(detail));
}

// A text, or an integer as its decimal text. Booleans, fractions, arrays and objects never name anybody, and
// null is the absence of a value, not the text "null" (CVE-2026-41571).
std::optional<std::string> scalar_text(const json& value)
{
    if (value.is_string() && !value.get_ref<const std::string&>().empty())
        return value.get<std::string>();
    if (value.is_number_integer())
        return value.dump();
    return std::nullopt;
}

struct claim_text
{
    std::string_view claim; // where it was found; empty: nowhere
    std::string value;
};

// Spaces at the ends do not survive a header line: " admin" would arrive as "admin".
bool has_outer_space(std::string_view value) noexcept { return value.front() == ' ' || value.back() == ' '; }

result<claim_text> first_text(const oidc::claims& claims, const claim_chain& chain)
{
    for (const auto& path : chain)
    {
        const auto* value = claims.find(path);
        if (value == nullptr)
            continue;
        auto text = scalar_text(*value);
        if (!text)
            continue;
        if (!is_clean_text(*text))
            return unusable(path, "holds control characters");
        if (has_outer_space(*text))
            return unusable(path, "begins or ends with a space");
        return claim_text{path, *std::move(text)};
    }
    return claim_text{};
}

void trim(std::string& value)
{
    const auto last = value.find_last_not_of(' ');
    value.erase(last == std::string::npos ? 0 : last + 1);
    value.erase(0, std::min(value.find_first_not_of(' '), value.size()));
}

// A name is for reading only, so sloppy spaces are trimmed and not refused.
result<std::string> display_text(const oidc::claims& claims, const claim_chain& chain)
{
    for (const auto& path : chain)
    {
        const auto* value = claims.find(path);
        auto text = value != nullptr ? scalar_text(*value) : std::nullopt;
        if (!text)
            continue;
        if (!is_clean_text(*text))
            return unusable(path, "holds control characters");
        trim(*text);
        if (!text->empty())
            return *std::move(text);
    }
    return std::string();
}

void add_once(std::vector<std::string>& values, std::string value)
{
    if (!value.empty() && std::ranges::find(values, value) == values.end())
        values.push_back(std::move(value));
}

std::vector<std::string> split(std::string_view text, std::string_view delimiter)
{
    std::vector<std::string> pieces;
    while (!delimiter.empty())
    {
        const auto end = text.find(delimiter);
        if (end == std::string_view::npos)
            break;
        add_once(pieces, std::string(text.substr(0, end)));
        text.remove_prefix(end + delimiter.size());
    }
    add_once(pieces, std::string(text));
    return pieces;
}

// One text or an array of texts. Anything else is refused whole: leaving out what we do not understand could
// leave out the group by which somebody is kept away.
result<std::vector<std::string>>
texts_of(const json& value, std::string_view claim, std::string_view delimiter)
{
    std::vector<std::string> values;
    if (value.is_string())
        values = split(value.get_ref<const std::string&>(), delimiter);
    else if (!value.is_array())
        return unusable(claim, "is neither a text nor an array of texts");
    else
        for (const auto& element : value)
        {
            if (!element.is_string())
                return unusable(claim, "has an element that is not a text");
            add_once(values, element.get<std::string>());
        }
    if (!std::ranges::all_of(values, is_clean_text))
        return unusable(claim, "holds control characters");
    return values;
}

// OIDC Core 5.6.2 (distributed claims), as Entra sends it for people in more than 200 groups.
bool is_overage(const oidc::claims& claims, const claim_chain& chain)
{
    const auto* names = claims.find("_claim_names");
    if (names != nullptr && names->is_object() &&
        std::ranges::any_of(chain, [&](const auto& path) { return names->contains(path); }))
        return true;
    return !chain.empty() && claims.flag("hasgroups").value_or(false);
}

result<std::vector<std::string>> read_groups(const oidc::claims& claims, const mapping_config& config)
{
    for (const auto& path : config.groups)
    {
        const auto* value = claims.find(path);
        if (value == nullptr)
            continue;
        auto groups = texts_of(*value, path, config.group_delimiter);
        if (!groups || !groups->empty())
            return groups;
    }
    if (config.overage == group_overage::refused && is_overage(claims, config.groups))
        return unusable(
            listed(config.groups),
            "was replaced by a reference because the person has too many groups; let the provider send only "
            "the "
            "groups assigned to the application"
        );
    return std::vector<std::string>();
}

result<std::vector<extra_value>> read_extra(const oidc::claims& claims, const mapping_config& config)
{
    std::vector<extra_value> extra;
    for (const auto& wanted : config.extra)
        for (const auto& path : wanted.claims)
        {
            const auto* value = claims.find(path);
            if (value == nullptr)
                continue;
            auto number = value->is_number_integer() ? scalar_text(*value) : std::nullopt;
            auto values =
                number ? result<std::vector<std::string>>({*std::move(number)}) : texts_of(*value, path, {});
            if (!values)
                return std::unexpected(values.error());
            if (values->empty())
                continue;
            extra.push_back({wanted.header, *std::move(values)});
            break;
        }
    return extra;
}

std::string_view spelled(email_verification state)
{
    return state == email_verification::unknown ? "absent" : "not true";
}

result<void> check_verification(email_verification state, const mapping_config& config)
{
    const bool accepted =
        config.verification == verification_policy::ignored || state == email_verification::verified ||
        (config.verification == verification_policy::if_present && state == email_verification::unknown);
    if (accepted)
        return {};
    std::string detail("claim ");
    detail.append(config.verification_claim).append(" is ").append(spelled(state));
    return fail(errc::oidc_email_unverified, step, std::move(detail));
}

result<std::optional<std::string>>
read_email(const oidc::claims& claims, const mapping_config& config, email_verification state)
{
    auto address = first_text(claims, config.email);
    if (!address)
        return std::unexpected(address.error());
    if (address->claim.empty())
    {
        if (config.email_need == email_policy::required)
            return fail(
                errc::oidc_missing_email_claim, step, "no e-mail address in: " + listed(config.email)
            );
        return std::optional<std::string>();
    }
    // "a@evil.example@ok.example" belongs to whichever domain the reader splits off (CVE-2026-40574).
    if (!is_email_address(address->value))
        return unusable(address->claim, "is not an e-mail address of one clear form");
    auto verified = check_verification(state, config);
    if (!verified)
        return std::unexpected(verified.error());
    return std::optional(std::move(address->value));
}

} // namespace

email_verification read_verification(const oidc::claims& claims, std::string_view claim)
{
    const auto* value = claims.find(claim);
    if (value == nullptr)
        return claims.object().contains(claim) ? email_verification::unverified : email_verification::unknown;
    const bool is_true = (value->is_boolean() && value->get<bool>()) ||
                         (value->is_string() && value->get_ref<const std::string&>() == "true");
    return is_true ? email_verification::verified : email_verification::unverified;
}

result<identity> map_claims(const oidc::claims& claims, const mapping_config& config)
{
    identity who;
    who.email_state = read_verification(claims, config.verification_claim);

    auto user = first_text(claims, config.user);
    if (!user)
        return std::unexpected(user.error());
    // Without a user id nobody is signed in; an empty one would be everybody (CVE-2026-23990).
    if (user->claim.empty())
        return fail(errc::oidc_missing_user_claim, step, "no user id in: " + listed(config.user));
    who.user = std::move(user->value);

    const auto issuer = claims.text("iss");
    const auto subject = claims.subject();
    if (subject.empty())
        return fail(errc::oidc_missing_user_claim, step, "no subject in: sub");
    if (!is_clean_text(subject.view()))
        return unusable("sub", "holds control characters");
    who.issuer = issuer.value_or("");
    who.subject = subject.str();

    auto username = first_text(claims, config.username);
    if (!username)
        return std::unexpected(username.error());
    who.username = std::move(username->value);

    auto email = read_email(claims, config, who.email_state);
    if (!email)
        return std::unexpected(email.error());
    who.email = *std::move(email);

    auto name = display_text(claims, config.name);
    if (!name)
        return std::unexpected(name.error());
    who.name = *std::move(name);

    auto groups = read_groups(claims, config);
    if (!groups)
        return std::unexpected(groups.error());
    who.groups = *std::move(groups);

    auto extra = read_extra(claims, config);
    if (!extra)
        return std::unexpected(extra.error());
    who.extra = *std::move(extra);
    return who;
}

} // namespace sekisho::identity
