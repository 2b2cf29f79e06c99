// SPDX-License-Identifier: Apache-2.0
#include "settings/row_definition.hpp"
#include "settings/rows.hpp"

namespace sekisho::settings
{
namespace
{

using i = identity_settings;

// clang-format off
constexpr row rows[] = {
    define<&model::identity, &i::user_claim>({.path = "identity.user_claim", .meaning = "The claim that identifies a person; of several the first that is there. `address.country` is a path into nested claims, and so is `/address/country` (JSON pointer), which can name a claim with a dot.", .example = "sub"}),
    define<&model::identity, &i::username_claim>({.path = "identity.username_claim", .meaning = "The claim with the name people are known by; of several the first that is there.", .example = "preferred_username, upn"}),
    define<&model::identity, &i::email_claim>({.path = "identity.email_claim", .meaning = "The claim with the e-mail address; of several the first that is there.", .example = "email, upn"}),
    define<&model::identity, &i::name_claim>({.path = "identity.name_claim", .meaning = "The claim with the name for people to read; of several the first that is there.", .example = "name, displayName"}),
    define<&model::identity, &i::groups_claim>({.path = "identity.groups_claim", .meaning = "The claim with the groups; of several the first that is there. A list of texts, of objects with a name, or one text with `identity.groups_delimiter`.", .example = "groups, memberOf"}),
    define<&model::identity, &i::roles_claim>({.path = "identity.roles_claim", .meaning = "The claim with the roles; of several the first that is there.", .example = "realm_access.roles"}),
    define<&model::identity, &i::picture_claim>({.path = "identity.picture_claim", .meaning = "The claim with the address of the person's picture; of several the first that is there."}),
    define<&model::identity, &i::lowercase>({.path = "identity.lowercase", .meaning = "Which values are written in small letters: `user`, `username`, `email`, `groups`, `roles`. Right where the provider sends one name in several spellings.", .example = "email, username"}),
    define<&model::identity, &i::username_pattern>({.path = "identity.username_pattern", .meaning = "A regular expression (RE2) for user names; every place that it matches is replaced by `identity.username_replacement`. Not set: none.", .example = "@example\\.com$"}),
    define<&model::identity, &i::username_replacement>({.path = "identity.username_replacement", .meaning = "What stands in place of the match of `identity.username_pattern`; `\\1` is its first group.", .example = "\\1"}),
    define<&model::identity, &i::username_rules>({.path = "identity.username_rules", .meaning = "Which user names are allowed. `arcgis`: letters, digits, `.`, `_` and `@`, 6 to 128 characters; a name that is not so gives way to the e-mail address's part before the `@`, then to the id."}),
    define<&model::identity, &i::username_suffix>({.path = "identity.username_suffix", .meaning = "Put `_` and eight characters made of issuer and subject behind every user name, so that two people never share one and a name that went to somebody else is not inherited."}),
    define<&model::identity, &i::groups_include>({.path = "identity.groups_include", .meaning = "The groups the application is told: `team-*` by their beginning, `/^x-[0-9]+$/` by a regular expression (RE2), otherwise exactly. In one text entries stand apart by commas alone, so that names may hold spaces; an expression with a comma needs a YAML list. Empty: all.", .example = "team-*, Domain Admins", .separated_by = separation::comma}),
    define<&model::identity, &i::groups_exclude>({.path = "identity.groups_exclude", .meaning = "The groups the application is not told, written as `identity.groups_include`, over which it wins.", .example = "team-secret-*", .separated_by = separation::comma}),
    define<&model::identity, &i::groups_prefix>({.path = "identity.groups_prefix", .meaning = "A beginning that is taken off every group that has it, after the groups were chosen.", .example = "team-"}),
    define<&model::identity, &i::groups_delimiter>({.path = "identity.groups_delimiter", .meaning = "What stands between two groups where the provider sends all of them as one text. Empty: such a text is one group.", .example = ",", .spaces = white_space::kept}),
    define<&model::identity, &i::group_paths>({.path = "identity.group_paths", .meaning = "What becomes of groups that are paths, such as Keycloak's `/staff/tokyo`. `strip_slash`: `staff/tokyo`. `last`: `tokyo`."}),
    define<&model::identity, &i::require_email>({.path = "identity.require_email", .meaning = "Refuse a sign-in without an e-mail address."}),
    define<&model::identity, &i::email_verified>({.path = "identity.email_verified", .meaning = "What `email_verified` must say before an e-mail address is used. `require`: true. `if_present`: not false. `ignore`: anything; only where people cannot choose their address at the provider."}),
    define<&model::identity, &i::user_header>({.path = "identity.user_header", .meaning = "The header with the user id. Whatever a client sends under this name, in any spelling, is removed."}),
    define<&model::identity, &i::username_header>({.path = "identity.username_header", .meaning = "The header with the user name."}),
    define<&model::identity, &i::email_header>({.path = "identity.email_header", .meaning = "The header with the e-mail address."}),
    define<&model::identity, &i::groups_header>({.path = "identity.groups_header", .meaning = "The header with the groups."}),
    define<&model::identity, &i::name_header>({.path = "identity.name_header", .meaning = "The header with the name for people to read.", .example = "X-Forwarded-Name"}),
    define<&model::identity, &i::roles_header>({.path = "identity.roles_header", .meaning = "The header with the roles, written as `identity.groups_format` says.", .example = "X-Forwarded-Roles"}),
    define<&model::identity, &i::picture_header>({.path = "identity.picture_header", .meaning = "The header with the address of the person's picture.", .example = "X-Forwarded-Picture"}),
    define<&model::identity, &i::groups_separator>({.path = "identity.groups_separator", .meaning = "The character between two groups when `identity.groups_format` is `separated`.", .spaces = white_space::kept}),
    define<&model::identity, &i::groups_format>({.path = "identity.groups_format", .meaning = "`separated`: one header with a separator. `json`: one header with a JSON list. `repeated`: one header line per group. A separator inside a name is written `%XX`, and so is a comma with `repeated`, for such lines may be joined on the way."}),
    define<&model::identity, &i::header_encoding>({.path = "identity.header_encoding", .meaning = "How values are written into headers. `auto`: as they are when plain ASCII, otherwise percent-encoded UTF-8."}),
    define<&model::identity, &i::extra_headers>({.path = "identity.extra_headers", .meaning = "Further headers, each with the path of a claim.", .example = "X-Department: department"}),
    define<&model::identity, &i::id_token_header>({.path = "identity.id_token_header", .meaning = "The header with the ID token.", .example = "X-Forwarded-Id-Token"}),
    define<&model::identity, &i::access_token_header>({.path = "identity.access_token_header", .meaning = "The header with the access token.", .example = "X-Forwarded-Access-Token"}),
    define<&model::identity, &i::authorization>({.path = "identity.authorization", .meaning = "`leave`: the client's `Authorization` goes through untouched. Otherwise it is replaced by `Bearer` and that token."}),
};
// clang-format on

} // namespace

std::span<const row> identity_rows() { return rows; }

} // namespace sekisho::settings
