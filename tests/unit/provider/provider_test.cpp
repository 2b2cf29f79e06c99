// SPDX-License-Identifier: Apache-2.0
#include "provider/provider.hpp"
#include "support/catch.hpp"
#include "unit/provider/fixture.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <atomic>
#include <thread>

using namespace sekisho;
using net::asio::io_context;
using provider::document_state;

namespace
{

using outcome = result<provider::verified_sign_in>;

const error down{errc::network_failure, "http_client", "connection refused"};

// The control worker: another thread that runs `home` until the guard dies.
class control_worker
{
public:
    explicit control_worker(io_context& home)
        : home_(home), work_(home.get_executor()), thread_([&home] { home.run(); })
    {
    }
    control_worker(const control_worker&) = delete;
    control_worker& operator=(const control_worker&) = delete;
    ~control_worker()
    {
        work_.reset();
        home_.stop();
        thread_.join();
    }

private:
    io_context& home_;
    net::asio::executor_work_guard<net::executor> work_;
    std::thread thread_;
};

net::task<void> stop_when_ok(provider::provider& op, test::provider_fixture& the)
{
    net::wake_up turn(the.context.get_executor());
    while (op.key_state().what != document_state::kind::ok)
    {
        turn.expires_after(1ms);
        (void)co_await turn.async_wait(net::in_tuple);
    }
    op.stop();
}

} // namespace

TEST_CASE("a provider that is down at start is recovered from without a visitor", "[provider]")
{
    test::provider_fixture the;
    the.what.refresh = {.refresh = 1h, .least_refresh = 1h, .first_retry = 2ms, .last_retry = 4ms};
    auto with = the.services();
    with.steady_now = std::chrono::steady_clock::now;
    provider::provider op(the.what, with);
    for (int failing = 0; failing < 3; ++failing)
        the.http.answer(std::unexpected(down));
    the.http.answer_json(test::discovery_document);
    the.http.answer(std::unexpected(down));
    the.http.answer_json(the.jwks());

    net::asio::co_spawn(the.context, stop_when_ok(op, the), [](std::exception_ptr) {});
    test::run(the.context, op.run());
    CHECK(the.http.calls() == 6);
    CHECK(op.metadata_state().what == document_state::kind::ok);
    CHECK(op.key_state().what == document_state::kind::ok);
    CHECK(op.known_metadata() != nullptr);
}

TEST_CASE("a provider that is told to stop ends its background work", "[provider]")
{
    test::provider_fixture the;
    auto& op = the.make();
    the.http.answer_json(test::discovery_document);
    the.http.answer_json(the.jwks());
    net::asio::post(the.context, [&] { op.stop(); });
    test::run(the.context, op.run()); // returns
    CHECK(the.http.calls() <= 2);
}

TEST_CASE("known documents are answered without asking anybody", "[provider]")
{
    test::provider_fixture the;
    auto& op = the.make();
    the.http.answer_json(test::discovery_document);
    the.http.answer_json(the.jwks());
    REQUIRE(test::run(the.context, op.keys()));
    io_context elsewhere(1); // nobody runs `home` now
    CHECK(test::run(elsewhere, op.metadata()));
    CHECK(test::run(elsewhere, op.keys()));
    CHECK(the.http.calls() == 2);
}

TEST_CASE("sign-ins from other workers are verified on the control worker and answered at home", "[provider]")
{
    test::provider_fixture the;
    auto& op = the.make();
    constexpr int workers = 2;
    constexpr int sign_ins = 20;
    the.http.answer_json(test::discovery_document);
    the.http.answer_json(the.jwks());
    REQUIRE(test::run(the.context, op.keys()));
    for (int count = 0; count < workers * sign_ins; ++count)
        the.http.answer_json(the.token_body(the.id_token()));
    the.context.restart();

    std::atomic<int> good = 0;
    std::atomic<int> elsewhere = 0;
    const auto work = [&]
    {
        io_context mine(1);
        for (int count = 0; count < sign_ins; ++count)
        {
            const auto keep = net::asio::make_work_guard(mine);
            mine.restart();
            net::asio::co_spawn(
                mine,
                op.verify(test::provider_fixture::code(), test::provider_fixture::expectations()),
                [&, here = std::this_thread::get_id()](std::exception_ptr thrown, outcome got)
                {
                    good += !thrown && got ? 1 : 0;
                    elsewhere += std::this_thread::get_id() == here ? 0 : 1;
                    mine.stop();
                }
            );
            mine.run();
        }
    };
    {
        const control_worker control(the.context);
        std::thread first(work);
        std::thread second(work);
        first.join();
        second.join();
    }
    CHECK(good == workers * sign_ins);
    CHECK(elsewhere == 0);
    CHECK(the.asked("/token") == workers * sign_ins);
    CHECK(the.asked("/jwks") == 1);
}

TEST_CASE("CVE-2026-48090: a client that goes away while a token call is pending harms nothing", "[provider]")
{
    test::provider_fixture the;
    auto& op = the.make();
    the.http.answer_json(test::discovery_document);
    the.http.answer_json(the.jwks());
    REQUIRE(test::run(the.context, op.keys()));
    int answered = 0;
    for (int abandoned = 0; abandoned < 1000; ++abandoned)
    {
        the.http.hold();
        {
            io_context worker(1);
            net::asio::co_spawn(
                worker,
                op.verify(test::provider_fixture::code(), test::provider_fixture::expectations()),
                [&](std::exception_ptr, outcome) { ++answered; }
            );
            worker.poll();
            the.context.restart();
            the.context.poll();
        } // the worker is destroyed, the token call still pending
        the.http.answer_json(the.token_body(the.id_token()));
        the.http.release();
        the.context.restart();
        the.context.poll();
    }
    CHECK(answered == 0);
    CHECK(the.asked("/token") == 1000); // each ran to its end
    CHECK(the.http.unused_answers() == 0);
}

TEST_CASE("a control worker that goes first leaves the waiting ones intact", "[provider]")
{
    test::provider_fixture the;
    the.http.hold();
    std::optional<result<std::shared_ptr<const oidc::metadata>>> got;
    io_context worker(1);
    {
        io_context home(1);
        auto with = the.services();
        with.home = home.get_executor();
        provider::provider op(the.what, with);
        test::start(worker, op.metadata(), got);
        worker.poll();
        home.poll();
        REQUIRE(the.http.calls() == 1);
    }
    CHECK(worker.poll() == 0);
    CHECK_FALSE(got);
}
