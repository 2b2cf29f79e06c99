// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who is asking: from the request's cookies to a session. What this worker knows already costs nothing; the
// rest is asked of the keeper.

#include "gateway/context.hpp"
#include "gateway/endpoint/without_provider.hpp"
#include "http/fields.hpp"
#include "identity/header_config.hpp"
#include "net/task.hpp"
#include "session/keeper.hpp"
#include "session/opened_cache.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace sekisho::gateway
{

// How far a worker relies on what it knows of a stored session.
struct authentication_rules
{
    std::chrono::seconds recheck{1}; // after this long the store is asked again
    // While the store does not answer: how long reads go on with what is known. 0: not at all.
    std::chrono::seconds stale_while_down{0};
};

// All of it outlives the authentication; one per worker.
struct authentication_parts
{
    std::shared_ptr<session::keeper> sessions;
    const identity::header_config& headers;
    session::opened_cache& opened;
    authentication_rules by;
    const without_provider* beside = nullptr; // null: every session came from a provider
};

class authentication
{
public:
    explicit authentication(authentication_parts parts) : with_(std::move(parts)) {}

    enum class look : std::uint8_t
    {
        done,
        must_ask, // ask() has to be awaited
    };

    // Fills in about.session and session_is_stale as far as this worker knows. Allocates nothing.
    look identify(std::span<const http::field> request, context& about) noexcept;

    // The same with the keeper's help; about.trouble, when it cannot answer. A cookie that was altered, has
    // expired or was sealed by somebody else is as if it were not there.
    net::task<void> ask(std::string_view method, std::span<const http::field> request, context& about);

    // The request's session in a newer value, which this worker knows from then on, whether or not it was
    // made to forget the one before meanwhile.
    void take_over(std::span<const http::field> request, session::session newer, context& about);

    // The request's session has ended meanwhile.
    void forget(context& about) noexcept;

private:
    enum class answer : std::uint8_t
    {
        nobody,
        somebody,
        unknown,
    };

    using opened_ptr = std::shared_ptr<const session::opened_session>;
    net::task<answer> ask_for(
        const session::session_cookies& cookies,
        std::string_view method,
        std::span<const http::field> request,
        context& about
    );
    opened_ptr
    remember(const session::session_cookies& cookies, session::found_session found, time_point now);
    // Whether what this worker knows need not be asked again.
    bool is_good(const session::opened_session& known, time_point now) const noexcept;
    bool accept(opened_ptr opened, context& about) noexcept;
    bool must_slide(const opened_ptr& opened, time_point now) const noexcept;
    net::task<void> slide(const session::session_cookies& cookies, context& about);

    authentication_parts with_;
};

} // namespace sekisho::gateway
