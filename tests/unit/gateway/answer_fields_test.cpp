// SPDX-License-Identifier: Apache-2.0
#include "gateway/answer_fields.hpp"
#include "session/cookie_store.hpp"
#include "support/catch.hpp"
#include "support/session_values.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace sekisho;
using gateway::answer_fields;
using test::cookie_request;
using test::noon;
using test::sample_session;

namespace
{

using fields = std::vector<http::field>;

const session::cookie_store& store()
{
    static const session::cookie_store made{
        session::cookie_config{},
        crypto::key_ring(std::vector{secret("a secret of enough length, surely")}, "session"),
        crypto::system_random()
    };
    return made;
}

gateway::context about_session(bool is_stale)
{
    gateway::context about;
    about.now = noon + std::chrono::minutes(30);
    about.session = std::make_shared<const session::opened_session>(sample_session(), std::string());
    about.session_is_stale = is_stale;
    return about;
}

std::string all(const fields& from, std::string_view name)
{
    std::string text;
    for (const auto& each : from)
        if (http::equal_names(each.name, name))
            text.append(text.empty() ? "" : " | ").append(each.value);
    return text;
}

} // namespace

TEST_CASE("an answer that renews a session is kept by no cache that people share", "[gateway]")
{
    const auto [said, expected] = GENERATE(table<fields, std::string>({
        {{{"Cache-Control", "public, max-age=31536000"}}, "private, no-cache"},
        {{{"cache-control", "s-maxage=60"}, {"Cache-Control", "immutable"}}, "private, no-cache"},
        {{{"Cache-Control", "private=\"x\", max-age=60"}}, "private, no-cache"},
        {{}, "private, no-cache"},
        {{{"Cache-Control", "no-cache, no-store"}}, "no-cache, no-store"},
        {{{"Cache-Control", "max-age=60"}, {"Cache-Control", "Private"}}, "max-age=60 | Private"},
    }));
    const auto status = GENERATE(200, 304);
    const auto about = about_session(true);
    const cookie_request request("");
    answer_fields editor(store(), request, about);
    auto answer = said;
    editor.edit(status, answer);
    CHECK(all(answer, "Set-Cookie").starts_with(store().cookies().session_name()));
    CHECK(all(answer, "Cache-Control") == expected);
}

TEST_CASE("an answer that renews nothing keeps what the application says about caches", "[gateway]")
{
    const auto about = about_session(false);
    const cookie_request request("");
    answer_fields editor(store(), request, about);
    fields answer{{"Cache-Control", "public, max-age=60"}, {"Set-Cookie", "theirs=1"}};
    editor.edit(200, answer);
    CHECK(all(answer, "Cache-Control") == "public, max-age=60");
    CHECK(all(answer, "Set-Cookie") == "theirs=1");
}

TEST_CASE("an application cannot set or end a cookie of ours", "[gateway]")
{
    const auto about = about_session(false);
    const cookie_request request("");
    answer_fields editor(store(), request, about);
    const auto ours = std::string(store().cookies().session_name());
    const std::vector<std::string> values{
        ours + "=x; Path=/", ours + " =x", ours + ".3=", ours + "; Max-Age=0"
    };
    fields answer;
    for (const auto& each : values)
        answer.push_back({"set-cookie", each});
    const auto theirs = "theirs=" + ours;
    answer.push_back({"Set-Cookie", theirs});
    editor.edit(200, answer);
    CHECK(answer.size() == 1);
}
