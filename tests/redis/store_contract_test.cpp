// SPDX-License-Identifier: Apache-2.0
// The contract of stores on a real Redis, each second store as of another replica.
#include "contract/session_store_contract.hpp"
#include "redis/redis_subject.hpp"
#include "session/cookie_store.hpp"
#include "session/ticket_store.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

const redis_server& shared_server()
{
    static const redis_server server;
    return server;
}

class on_redis : public store_subject
{
protected:
    std::shared_ptr<session::shelf> next_replica()
    {
        is_here_ = !is_here_;
        return {at_, is_here_ ? &at_->here() : &at_->there()};
    }

private:
    std::shared_ptr<redis_subject> at_ =
        std::make_shared<redis_subject>(redis_at({shared_server().address()}));
    bool is_here_ = false;
};

class cookie_subject final : public on_redis
{
public:
    std::unique_ptr<session::store> make(std::vector<secret> secrets) override
    {
        auto& random = crypto::system_random();
        auto renewed = std::make_shared<session::handover>(
            next_replica(), crypto::key_ring(secrets, "session_handover"), random
        );
        return std::make_unique<session::cookie_store>(
            session::cookie_config{}, crypto::key_ring(secrets, "session"), random, std::move(renewed)
        );
    }
    bool is_gone_when_taken() const override { return false; }
};

class ticket_subject final : public on_redis
{
public:
    std::unique_ptr<session::store> make(std::vector<secret> secrets) override
    {
        return std::make_unique<session::ticket_store>(
            session::cookie_config{},
            next_replica(),
            session::ticket_store::shared_by::replicas,
            std::move(secrets),
            session::lifetimes{},
            crypto::system_random()
        );
    }
    bool is_gone_when_taken() const override { return true; }
};

} // namespace

TEST_CASE("sealed cookies with handovers on Redis keep the contract of stores", "[redis]")
{
    session_store_contract([] { return std::make_unique<cookie_subject>(); });
}

TEST_CASE("tickets on Redis keep the contract of stores", "[redis]")
{
    session_store_contract([] { return std::make_unique<ticket_subject>(); });
}
