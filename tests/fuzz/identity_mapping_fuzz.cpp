// link: identity
// SPDX-License-Identifier: Apache-2.0
// Whatever claims map to has a user, stays within its bounds, holds no control characters and can be put into
// header lines.
#include "base/encoding.hpp"
#include "base/url.hpp"
#include "identity/headers.hpp"
#include "identity/mapping.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace
{

using namespace sekisho;

// Every form of entry and every rule, in three houses.
std::array<identity::mapping, 3> made_mappings()
{
    identity::mapping_config plain;
    plain.user = {"oid", "sub"};
    plain.groups = {"realm_access.roles", "groups"};
    plain.group_delimiter = ",";
    plain.extra = {{"X-Extra", {"extra", "a.b.c"}}};
    identity::mapping_config paths = plain;
    paths.groups = {"/groups", "groups[].name"};
    paths.roles = {"access_token:roles{keys}"};
    paths.group_paths = identity::path_groups::last;
    paths.groups_include = {"team-*", "/[a-z]/"};
    paths.groups_exclude = {"admins"};
    paths.group_prefix = "team-";
    paths.lowercase = {"user", "username", "email", "groups", "roles"};
    identity::mapping_config names = plain;
    names.groups = {"memberOf{cn}", "groups[].a.b{cn}"};
    names.username_pattern = "^(?:CORP\\\\)?([^@]*)@?(.*)$";
    names.username_replacement = "\\2\\1";
    names.username_rules = identity::username_rule::arcgis;
    names.verification = identity::verification_policy::ignored;
    names.overage = identity::group_overage::ignored;
    return {
        identity::mapping::of(plain).value(),
        identity::mapping::of(paths).value(),
        identity::mapping::of(names).value()
    };
}

void must(bool is_so)
{
    if (!is_so)
        std::abort();
}

void check_list(const std::vector<std::string>& values)
{
    must(values.size() <= identity::max_list_items);
    for (const auto& value : values)
        must(!value.empty() && value.size() <= identity::max_text_size && identity::is_clean_text(value));
}

void check_person(const identity::identity& who)
{
    must(!who.user.empty() && !who.subject.empty() && !who.issuer.empty());
    for (const auto* text : {&who.user, &who.subject, &who.username, &who.name})
        must(identity::is_clean_text(*text) && text->size() <= identity::max_text_size);
    must(!who.email || identity::is_email_address(*who.email));
    must(who.picture.empty() || url::parse(who.picture));
    check_list(who.groups);
    check_list(who.roles);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto mappings = made_mappings();
    identity::header_config headers;
    headers.roles = "X-Roles";
    headers.picture = "X-Picture";
    headers.extra = {"X-Extra"};
    headers.encoding = static_cast<identity::value_encoding>(size % 4);
    headers.groups_as = static_cast<identity::group_format>(size % 3);

    const auto claims = oidc::claims::parse(as_text(std::as_bytes(std::span(data, size))), "fuzz");
    if (!claims)
        return 0;
    for (const auto& mapping : mappings)
    {
        const auto made = mapping.map({*claims, *claims});
        if (!made)
            continue;
        check_person(made->who);
        const auto lines = identity::render(made->who, {}, headers);
        must(lines || headers.encoding == identity::value_encoding::utf8);
        must(!lines || std::ranges::count(*lines, '\n') == std::ranges::count(*lines, '\r'));
    }
    return 0;
}
