// SPDX-License-Identifier: Apache-2.0
#pragma once
// Google's Admin SDK Directory API as data: the groups of a person. Pure.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/url.hpp"
#include "directory/lookup.hpp"
#include "directory/page.hpp"
#include "http/fields.hpp"
#include "oidc/names.hpp"

namespace sekisho::directory
{

http::owned_fields google_fields(const secret& access_token);

// The groups that somebody is directly in; `base` is "https://admin.googleapis.com". The `sub` of an ID token
// is the key of the person.
result<url> google_groups_address(const url& base, const oidc::subject& who);
// The groups' addresses; nextPageToken leads to the next page of `first`, the address of the list.
page_reader google_groups_reader(url first);

extern const dialect google_token_dialect;
extern const dialect google_dialect;

} // namespace sekisho::directory
