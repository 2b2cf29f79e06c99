// SPDX-License-Identifier: Apache-2.0
#pragma once
// The two pages around a sign-in that keep an address's #fragment in the browser, which sends it to nobody:
// one puts it aside before, one puts it back behind the address that the person wanted.

#include "http/head.hpp"
#include "pages/page.hpp"

#include <string_view>

namespace sekisho::pages
{

// 401, so that no cache of the application takes it for one of its pages. Goes on to `next`, an address of
// ours where the sign-in for `target` begins; both are targets of our own host.
http::response keep_fragment_page(const setting& with, std::string_view target, std::string_view next);

// 200. Goes on to `target`, with the fragment that was put aside for this very text, if there is one.
http::response restore_fragment_page(const setting& with, std::string_view target);

// The pages' scripts, byte for byte what the hashes in their security policies are of.
std::string_view keep_fragment_script();
std::string_view restore_fragment_script();

} // namespace sekisho::pages
