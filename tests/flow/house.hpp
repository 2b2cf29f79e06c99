// SPDX-License-Identifier: Apache-2.0
#pragma once
// The gate's endpoints with a provider behind them and a browser in front, as composition puts them together.

#include "access/policy.hpp"
#include "gateway/authentication.hpp"
#include "gateway/endpoint/callback.hpp"
#include "gateway/endpoint/ending_endpoints.hpp"
#include "gateway/endpoint/initiate.hpp"
#include "gateway/endpoint/jwks.hpp"
#include "gateway/endpoint/resume.hpp"
#include "gateway/endpoint/session_info.hpp"
#include "gateway/endpoint/sign_in.hpp"
#include "gateway/endpoint/test_sign_in.hpp"
#include "gateway/form/kept_forms.hpp"
#include "gateway/sign_in/loop.hpp"
#include "gateway/sign_in/used_sign_ins.hpp"
#include "gateway/test_page/ticket.hpp"
#include "session/keeper.hpp"
#include "session/memory_shelf.hpp"
#include "support/cookie_jar.hpp"
#include "support/exchange_builder.hpp"
#include "support/failing_shelf.hpp"
#include "support/fake_provider.hpp"
#include "support/fixed_random.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::test
{

inline constexpr std::int64_t opening = 1'790'000'000;

struct house_plan
{
    oidc::flow flow = oidc::flow::pkce;
    oidc::response_mode mode = oidc::response_mode::usual;
    provider::userinfo_policy userinfo = provider::userinfo_policy::never;
    session::same_site site = session::same_site::lax;
    gateway::keep id_token = gateway::keep::yes;
    gateway::keep tokens = gateway::keep::no; // access and refresh token
    identity::mapping_config mapping{};
    std::optional<std::chrono::seconds> max_age{};
    std::function<void(provider::configuration&)> configure{}; // whatever else a test wants of the provider
    // What the provider is completed by; none: nothing.
    std::function<std::unique_ptr<provider::completion>(const provider::services&)> completes{};
    std::vector<provider::configuration> further{}; // each with a provider of its own at its issuer
    access::policy policy{};
    access::administrators administrators{};
    gateway::sign_out_rules sign_out{};
    gateway::session_checks checks = gateway::session_checks::not_offered;
    std::chrono::seconds keep_signed_in{0};
    std::size_t largest_form = 64 * 1024; // that is kept over a sign-in
    bool keeps_fragments = false;
};

// A further provider's configuration: "https://<name>.example", client "gate".
provider::configuration further_provider(std::string name, provider::offer offer = {});

// What kind of request the browser makes.
enum class errand : std::uint8_t
{
    navigation,      // typed, or a link of our own site
    link_elsewhere,  // a top-level navigation from another site, redirects included
    form,            // a form of our own origin
    form_elsewhere,  // a form of another site, such as the provider's form_post
    frame_elsewhere, // an iframe on another site
    fetch,           // a script of our own origin
    bare,            // a program: no Sec-Fetch-*, no Accept
};

class house
{
public:
    explicit house(house_plan plan = {});

    // Asks one of our own endpoints, or a protected page of the application for every other path; the jar
    // sends and takes the cookies of this browser.
    client_answer get(const std::string& target, errand why = errand::navigation);
    client_answer post(const std::string& target, const std::string& body, errand why);
    client_answer ask(client_request request, errand why);

    // The first half of a sign-in. Gives the parameters the provider got.
    struct journey
    {
        client_answer answer;
        std::string state;
        std::string nonce;
        url provider_address;
    };
    journey leave(const std::string& target = "/oidc/login?return_to=%2Freports%3Fa%3D1");
    // Back with an honest answer.
    client_answer come_back(const journey& from);
    client_answer sign_in();
    std::string honest_query(const journey& from);
    // The provider that a journey leads to.
    fake_provider& peer_of(const journey& from);

    bool is_signed_in();
    // The metric's value; -1 when the line is not there.
    std::int64_t count(std::string_view line) const;

    // First, so that it goes last: coroutines left in it may hold what follows only by reference.
    net::asio::io_context io{1};
    house_plan plan;
    time_point now{std::chrono::seconds(opening)};
    fake_provider peer{opening};
    std::vector<std::unique_ptr<fake_provider>> further; // as in the plan
    cookie_jar jar;
    cookie_jar other_browser; // swap with `jar` to be somebody else
    fixed_random random;
    metric::registry metrics;
    gateway::addresses ours;
    session::opened_cache opened;
    gateway::used_sign_ins used;
    crypto::key_ring test_tickets{
        {secret("a secret of more than thirty-two bytes")}, gateway::test_ticket_purpose
    };
    std::string requested_host = "app.example.com";
    fake_exchange* under_way = nullptr; // the one being answered
    std::shared_ptr<session::memory_shelf> shelf = std::make_shared<session::memory_shelf>();
    std::shared_ptr<failing_shelf> way_to_shelf = std::make_shared<failing_shelf>(shelf); // what sessions use

private:
    client_answer run(fake_exchange& exchange);
    net::task<void> answer(fake_exchange& exchange, gateway::context& about);
    gateway::endpoint* endpoint_at(std::string_view path) const;
    void add_provider(provider::configuration settings, net::http_client& at);
    void take_cookies(const client_answer& answer, const std::string& path);

    gateway::session_making making_;
    identity::header_config headers_;
    provider::registry providers_;
    gateway::provider_offers offers_;
    gateway::ticket_cookie ticket_in_browser_{{}};
    std::unique_ptr<gateway::choice_cookie> choices_;
    std::unique_ptr<gateway::departure> departure_;
    std::shared_ptr<session::keeper> sessions_;
    std::unique_ptr<session::sign_in_cookies> sign_ins_;
    std::unique_ptr<gateway::ending_plan> endings_plan_;
    std::unique_ptr<gateway::authentication> authentication_;
    std::unique_ptr<gateway::refusal> refusal_;
    std::unique_ptr<gateway::sign_in> sign_in_;
    std::unique_ptr<gateway::initiate> initiate_;
    std::unique_ptr<gateway::callback> callback_;
    std::unique_ptr<gateway::ending_endpoints> endings_;
    std::unique_ptr<gateway::test_sign_in> test_sign_in_;
    std::unique_ptr<gateway::session_info> session_info_;
    std::unique_ptr<gateway::jwks> jwks_;
    std::unique_ptr<gateway::loop_cookie> loops_;
    std::unique_ptr<gateway::kept_forms> forms_;
    std::unique_ptr<gateway::resume> resume_;
};

// The value of a parameter in an address or query; empty: it is not there.
std::string parameter_of(std::string_view address, std::string_view name);

} // namespace sekisho::test
