// SPDX-License-Identifier: Apache-2.0
#include "session/cookie_meter.hpp"
#include "session/cookie_store.hpp"
#include "session/memory_shelf.hpp"
#include "session/ticket_store.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"
#include "support/run.hpp"
#include "support/session_values.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <numeric>
#include <string>

using namespace sekisho;
using namespace sekisho::session;

namespace
{

const std::vector<secret> secrets{secret("a secret of more than thirty-two bytes")};

struct subject
{
    net::asio::io_context io{1};
    metric::registry metrics;
    test::fixed_random random;
    std::shared_ptr<cookie_meter> meter = std::make_shared<cookie_meter>(metrics);
    cookie_store sealed{{}, crypto::key_ring(secrets, "session"), random, nullptr, meter};
    ticket_store tickets{
        {}, std::make_shared<memory_shelf>(10), ticket_store::shared_by::workers, secrets, {}, random, meter
    };

    std::int64_t count(const std::string& line) const
    {
        const auto text = metrics.expose();
        const auto at = text.find("\n" + line + " ");
        return at == std::string::npos ? -1 : std::stoll(text.substr(at + line.size() + 2));
    }
    std::int64_t bytes() const { return count("sekisho_session_cookie_bytes_total"); }
    std::int64_t issued(const std::string& pieces) const
    {
        return count("sekisho_session_cookies_issued_total{pieces=\"" + pieces + "\"}");
    }
};

// Of the cookies in these fields that are not deletions.
std::int64_t sent_back(const set_cookies& cookies)
{
    return std::accumulate(
        cookies.begin(),
        cookies.end(),
        std::int64_t{0},
        [](std::int64_t sum, const std::string& each)
        {
            const auto pair = each.substr(0, each.find(';'));
            return sum + (pair.back() == '=' ? 0 : static_cast<std::int64_t>(pair.size()));
        }
    );
}

} // namespace

TEST_CASE(
    "the bytes of each session cookie that a browser is given are counted, and nothing else", "[session]"
)
{
    subject the;
    auto value = test::sample_session();
    const auto now = value.last_seen;
    CHECK(the.bytes() == 0);
    CHECK(the.issued("1") == 0);

    const auto first = test::run(the.io, the.sealed.create(value, {}, now)).value();
    CHECK(the.bytes() == sent_back(first));
    CHECK(the.issued("1") == 1);
    const auto slid = the.sealed.reissue(value, {}, now).value();
    CHECK(the.bytes() == sent_back(first) + sent_back(slid));
    CHECK(the.issued("1") == 2);

    SECTION("pieces are one cookie, and the deletion of a further piece is none")
    {
        value.who.groups.assign(150, "a group with a rather long name, of which there are many");
        const std::string old = "__Host-sekisho_session.7=x";
        const std::array fields{http::field{"Cookie", old}};
        const auto large = test::run(the.io, the.sealed.create(value, fields, now)).value();
        REQUIRE(large.size() > 3);
        CHECK(the.bytes() == sent_back(first) + sent_back(slid) + sent_back(large));
        CHECK(the.issued("1") == 2);
        CHECK(the.issued(large.front().substr(std::string("__Host-sekisho_session=").size(), 1)) == 1);
    }
    SECTION("one that is too large was not given")
    {
        value.who.groups.assign(2000, "a group with a rather long name, of which there are many");
        CHECK_FALSE(test::run(the.io, the.sealed.create(value, {}, now)));
    }
    SECTION("looking at a session, or keeping a renewed one, gives no cookie")
    {
        (void)test::run(the.io, the.sealed.find({}, now));
        (void)test::run(the.io, the.sealed.replace(value, now));
        (void)the.sealed.erase({});
        CHECK(the.issued("1") == 2);
    }
}

TEST_CASE("a ticket is counted when it is given, and not when the browser has it already", "[session]")
{
    subject the;
    const auto value = test::sample_session();
    const auto now = value.last_seen;
    const auto given = test::run(the.io, the.tickets.create(value, {}, now)).value();
    CHECK(the.bytes() == sent_back(given));
    CHECK(the.issued("1") == 1);
    const auto cookie = given.front().substr(0, given.front().find(';'));
    const std::array fields{http::field{"Cookie", cookie}};
    const auto found = test::run(the.io, the.tickets.find(the.tickets.cookies().find(fields), now));
    REQUIRE(found);
    CHECK(the.tickets.reissue(found->value, fields, now).value().empty());
    CHECK_FALSE(test::run(the.io, the.tickets.create(value, {}, now))); // there is one of this id
    CHECK(the.bytes() == sent_back(given));
    CHECK(the.issued("1") == 1);
}
