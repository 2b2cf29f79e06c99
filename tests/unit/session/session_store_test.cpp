// SPDX-License-Identifier: Apache-2.0
// Both stores against the contract of stores; tickets on Redis are tested where Redis is.
#include "contract/session_store_contract.hpp"
#include "session/cookie_store.hpp"
#include "session/memory_shelf.hpp"
#include "session/ticket_store.hpp"
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

using namespace sekisho;

namespace
{

class cookie_subject final : public test::store_subject
{
public:
    std::unique_ptr<session::store> make(std::vector<secret> secrets) override
    {
        auto& random = crypto::system_random();
        auto renewed = std::make_shared<session::handover>(
            shelf_, crypto::key_ring(secrets, "session_handover"), random
        );
        return std::make_unique<session::cookie_store>(
            session::cookie_config{}, crypto::key_ring(secrets, "session"), random, std::move(renewed)
        );
    }
    bool is_gone_when_taken() const override { return false; }

private:
    test::manual_clock clock_;
    std::shared_ptr<session::memory_shelf> shelf_ =
        std::make_shared<session::memory_shelf>(100, clock_.steady());
};

class ticket_subject final : public test::store_subject
{
public:
    std::unique_ptr<session::store> make(std::vector<secret> secrets) override
    {
        return std::make_unique<session::ticket_store>(
            session::cookie_config{},
            shelf_,
            session::ticket_store::shared_by::workers,
            std::move(secrets),
            session::lifetimes{},
            crypto::system_random()
        );
    }
    bool is_gone_when_taken() const override { return true; }

private:
    test::manual_clock clock_;
    std::shared_ptr<session::memory_shelf> shelf_ =
        std::make_shared<session::memory_shelf>(100, clock_.steady());
};

} // namespace

TEST_CASE("sealed cookies keep the contract of stores", "[session]")
{
    test::session_store_contract([] { return std::make_unique<cookie_subject>(); });
}

TEST_CASE("tickets on a memory shelf keep the contract of stores", "[session]")
{
    test::session_store_contract([] { return std::make_unique<ticket_subject>(); });
}
