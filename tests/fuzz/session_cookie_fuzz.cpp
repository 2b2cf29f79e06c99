// link: session
// SPDX-License-Identifier: Apache-2.0
// No Cookie field that a stranger writes is a session or a sign-in, and answers to it stay bounded.
#include "base/encoding.hpp"
#include "session/cookie_store.hpp"
#include "session/sign_in_cookies.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace sekisho;
    static auto& random = crypto::system_random();
    static const std::vector<secret> secrets{secret(random.token())};
    static const session::cookie_store store({}, {secrets, "session"}, random);
    static const session::sign_in_cookies sign_ins({}, {secrets, "sign_in"}, random);
    static const time_point now{std::chrono::seconds(1'800'000'000)};

    const auto text = as_text(std::as_bytes(std::span(data, size)));
    const std::array fields{http::field{"Cookie", text}};
    const auto found = store.cookies().find(fields);
    if (found.count > session::max_chunks || store.open(found))
        std::abort();
    if (store.erase(fields).size() > 64)
        std::abort();
    if (sign_ins.find(fields, text, now).state != session::sign_in_state::unknown)
        std::abort();
    const auto begun = session::start_sign_in(oidc::flow::pkce, now, random);
    const auto answer = sign_ins.begin(begun, fields, session::callback_arrival::by_get, now);
    if (!answer || answer->size() > 33)
        std::abort();
    return 0;
}
