// SPDX-License-Identifier: Apache-2.0
#pragma once
// The second half of a sign-in: back from the provider, with a session at the end or a page that says why
// not.

#include "access/administrators.hpp"
#include "access/policy.hpp"
#include "crypto/random.hpp"
#include "gateway/addresses.hpp"
#include "gateway/endpoint.hpp"
#include "gateway/refusal.hpp"
#include "gateway/sign_in/loop.hpp"
#include "gateway/sign_in/provider_choice.hpp"
#include "gateway/sign_in/session_making.hpp"
#include "gateway/sign_in/used_sign_ins.hpp"
#include "gateway/sign_out/hint_cookie.hpp"
#include "identity/header_config.hpp"
#include "identity/mapping.hpp"
#include "oidc/authorization_response.hpp"
#include "provider/journal.hpp"
#include "provider/registry.hpp"
#include "session/keeper.hpp"
#include "session/opened_cache.hpp"
#include "session/sign_in_cookies.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>

namespace sekisho::gateway
{

// All of it outlives the endpoint.
struct callback_parts
{
    const addresses& ours;
    const session_making& making;
    provider::registry& providers;
    const provider_offers& offers; // of the same providers
    const session::sign_in_cookies& sign_ins;
    session::keeper& sessions;
    session::opened_cache& opened; // of this worker
    used_sign_ins& used;
    crypto::random_source& random;
    refusal& refuse;
    metric::registry& metrics;
    // What a sign-in from the test page is held against.
    const access::policy& policy;
    const access::administrators& administrators;
    const identity::header_config& headers;
    const hint_cookie& hints;
    const loop_cookie* loops = nullptr; // null: sign-ins are not counted
};

class callback final : public endpoint
{
public:
    // Makes sekisho_sign_ins_total.
    explicit callback(const callback_parts& parts);

    // GET, and POST of a form (OAuth 2.0 Form Post Response Mode). A failure ends on a page; only the person
    // begins again.
    net::task<void> answer(net::exchange& exchange, context& about) override;

private:
    // Codes that only make sense inside, as what they mean to the person at the callback.
    static error translated(error why);

    // One callback whose sign-in this browser began.
    struct awaited
    {
        oidc::authorization_response response;
        session::sign_in begun;
        std::shared_ptr<provider::journal> record = nullptr; // of a test; null: nobody looks
    };

    // The state is not compared yet.
    struct arrival
    {
        oidc::parameters received;
        oidc::authorization_response response;
    };

    // What came, an encrypted answer (JARM 2.2) replaced by what is signed inside: the state is there.
    result<oidc::parameters> readable(std::span<const http::field> request, oidc::parameters received) const;
    net::task<result<arrival>> read(net::exchange& exchange, const context& about) const;
    // What to answer when no sign-in of this browser waits for this state.
    net::task<void> answer_stray(net::exchange& exchange, const context& about, error why);
    net::task<void> answer_late(net::exchange& exchange, const context& about, const session::sign_in& begun);
    // A silent sign-in that has to be done aloud (wants_the_person), or found somebody else: the session
    // before is over, and the person signs in as usual, once; out of a frame nobody can.
    net::task<void>
    sign_in_aloud(net::exchange& exchange, const context& about, const session::sign_in& begun);
    net::task<void> go_on_as_before(
        net::exchange& exchange, const context& about, const session::sign_in& begun, const error& why
    );
    net::task<void> complete(net::exchange& exchange, context& about, awaited what);
    // A sign-in from the test page: a report, whatever comes of it, and no word about sessions.
    net::task<void>
    answer_test(net::exchange& exchange, const context& about, awaited what, oidc::parameters received);
    // What a session that was made in a test would meet.
    result<void> judge(
        const net::exchange& exchange,
        const context& about,
        const session::session& made,
        provider::journal& into
    ) const;
    // The answer to be checked: of a signed one (JARM) what the provider's keys vouch for.
    net::task<result<oidc::authorization_response>>
    opened(const awaited& what, provider::provider& from) const;
    net::task<result<session::session>>
    sign_in(net::exchange& exchange, const context& about, const awaited& what) const;
    result<session::session> make_session(
        provider::verified_sign_in verified, const session::sign_in& begun, const context& about
    ) const;
    // Keeps the session, without what only helps if it does not fit otherwise.
    net::task<result<session::set_cookies>>
    keep_session(net::exchange& exchange, const context& about, const session::session& made);
    net::task<result<http::response>>
    welcome(net::exchange& exchange, const context& about, const awaited& what, const session::session& made);
    // The one that this browser had before.
    net::task<void> end_previous(const context& about);

    callback_parts with_;
    metric::counter& completed_;
};

} // namespace sekisho::gateway
