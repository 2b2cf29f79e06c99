// SPDX-License-Identifier: Apache-2.0
#include "identity/claim_path.hpp"

#include <utility>

namespace sekisho::identity
{
namespace
{

constexpr std::string_view step = "identity.claim_path";
constexpr std::string_view from_access_token = "access_token:";
constexpr std::string_view from_readable_access_token = "access_token?:";
constexpr std::string_view each_element = "[].";

std::unexpected<error> malformed(std::string_view text, std::string_view fault)
{
    std::string detail("\"");
    detail.append(text).append("\" ").append(fault);
    return fail(errc::value_malformed, step, std::move(detail));
}

bool takes_off(std::string_view& rest, std::string_view ending)
{
    if (!rest.ends_with(ending))
        return false;
    rest.remove_suffix(ending.size());
    return true;
}

bool takes_away(std::string_view& rest, std::string_view beginning)
{
    if (!rest.starts_with(beginning))
        return false;
    rest.remove_prefix(beginning.size());
    return true;
}

element_form take_form(std::string_view& rest)
{
    if (takes_off(rest, "{cn}"))
        return element_form::common_name;
    if (takes_off(rest, "{keys}"))
        return element_form::keys;
    return element_form::whole;
}

bool has_bracket(std::string_view text) { return text.find_first_of("[]{}") != std::string_view::npos; }

} // namespace

result<claim_path> claim_path::parse(std::string_view text)
{
    claim_path made;
    made.written = text;
    auto rest = text;
    if (takes_away(rest, from_access_token))
        made.source = claim_source::access_token;
    else if (takes_away(rest, from_readable_access_token))
    {
        made.source = claim_source::access_token;
        made.when_unreadable = unreadable_token::is_passed_over;
    }
    made.form = take_form(rest);
    if (const auto split = rest.find(each_element); split != std::string_view::npos)
    {
        made.member = rest.substr(split + each_element.size());
        rest = rest.substr(0, split);
        if (made.member.empty())
            return malformed(text, "names no member after \"[].\"");
        if (made.form == element_form::keys)
            return malformed(text, "cannot have both \"[].\" and \"{keys}\"");
    }
    if (rest.empty())
        return malformed(text, "names no claim");
    if (has_bracket(rest) || has_bracket(made.member))
        return malformed(
            text,
            "has brackets that mean nothing here: expected \"claim[].member\", \"claim{cn}\" or "
            "\"claim{keys}\"; one element of an array is \"/claim/0\""
        );
    made.path = rest;
    return made;
}

std::string listed(const claim_chain& chain)
{
    std::string text;
    for (const auto& path : chain)
        text.append(text.empty() ? "" : ", ").append(path.written);
    return text.empty() ? "(none configured)" : text;
}

} // namespace sekisho::identity
