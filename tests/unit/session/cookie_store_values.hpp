// SPDX-License-Identifier: Apache-2.0
#pragma once
// Stores of sealed cookies and the browsers that keep them.

#include "http/cookie.hpp"
#include "session/cookie_store.hpp"
#include "support/catch.hpp"
#include "support/cookie_jar.hpp"
#include "support/session_values.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace sekisho::test
{

inline crypto::key_ring ring(std::vector<std::string> texts = {"a secret of enough length, surely"})
{
    std::vector<secret> secrets;
    for (auto& each : texts)
        secrets.emplace_back(std::move(each));
    return {secrets, "session"};
}

inline session::cookie_store store_of(session::cookie_config config = {})
{
    return {std::move(config), ring(), crypto::system_random()};
}

// A session whose sealed form is about this large.
inline session::session sized(std::size_t size)
{
    auto value = sample_session();
    value.id_token = secret(filler(size));
    return value;
}

inline site address_of(const session::cookie_config& config)
{
    site at;
    at.by = config.reached_by == session::transport::https ? site::scheme::https : site::scheme::http;
    return at;
}

inline std::size_t pieces_in(const cookie_jar& browser) { return browser.all().size(); }

inline result<session::session> opened(const session::cookie_store& store, const std::string& cookies)
{
    const cookie_request request(cookies);
    return store.open(store.cookies().find(request));
}

} // namespace sekisho::test
