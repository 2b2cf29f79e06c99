// SPDX-License-Identifier: Apache-2.0
#include "flow/house.hpp"

#include "base/encoding.hpp"
#include "crypto/jws.hpp"
#include "gateway/answer_fields.hpp"
#include "gateway/decision.hpp"
#include "http/form.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace sekisho::test
{
namespace
{

const std::string host = "app.example.com";

http::owned_fields fields_of(errand why)
{
    const std::string html = "text/html,application/xhtml+xml,*/*;q=0.8";
    const auto browser = [&](std::string site, std::string mode, std::string destination)
    {
        return http::owned_fields{
            {"Accept", html},
            {"Sec-Fetch-Site", std::move(site)},
            {"Sec-Fetch-Mode", std::move(mode)},
            {"Sec-Fetch-Dest", std::move(destination)},
        };
    };
    switch (why)
    {
    case errand::navigation:
    case errand::form:
        return browser("same-origin", "navigate", "document");
    case errand::link_elsewhere:
    case errand::form_elsewhere:
        return browser("cross-site", "navigate", "document");
    case errand::frame_elsewhere:
        return browser("cross-site", "navigate", "iframe");
    case errand::fetch:
        return {
            {"Accept", "application/json"},
            {"Sec-Fetch-Site", "same-origin"},
            {"Sec-Fetch-Mode", "cors"},
            {"Sec-Fetch-Dest", "empty"},
        };
    case errand::bare:
        break;
    }
    return {};
}

initiator initiator_of(errand why)
{
    switch (why)
    {
    case errand::link_elsewhere:
        return initiator::cross_site_navigation;
    case errand::form_elsewhere:
    case errand::frame_elsewhere:
        return initiator::cross_site_post;
    default:
        return initiator::same_site;
    }
}

std::string path_of(const std::string& target) { return target.substr(0, target.find_first_of("?#")); }

// What a provider is asked for, in whichever way it comes to it.
nlohmann::json said_to(const fake_provider& peer, const std::string& address)
{
    const auto reference = parameter_of(address, "request_uri");
    const auto sent = reference.empty() ? address : "?" + peer.last_body("/par");
    const auto object = parameter_of(sent, "request");
    if (!object.empty())
        return nlohmann::json::parse(as_text(crypto::take_apart(peer.opened_object(object))->payload));
    return {{"state", parameter_of(sent, "state")}, {"nonce", parameter_of(sent, "nonce")}};
}

std::string value_in(const nlohmann::json& said, const char* name) { return said.value(name, ""); }

} // namespace

std::string parameter_of(std::string_view address, std::string_view name)
{
    const auto mark = address.find('?');
    const auto query = mark == std::string_view::npos ? address : address.substr(mark + 1);
    const auto form = http::form::parse(query);
    return form ? std::string(form->first(name).value_or("")) : std::string();
}

client_answer house::get(const std::string& target, errand why)
{
    return ask({.method = "GET", .target = target, .fields = {}, .body = {}, .body_failure = {}}, why);
}

client_answer house::post(const std::string& target, const std::string& body, errand why)
{
    client_request request{
        .method = "POST", .target = target, .fields = {}, .body = body, .body_failure = {}
    };
    request.fields.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return ask(std::move(request), why);
}

client_answer house::ask(client_request request, errand why)
{
    for (auto& field : fields_of(why))
        request.fields.push_back(std::move(field));
    const site to{.by = site::scheme::https, .host = host, .path = path_of(request.target)};
    if (auto cookies = jar.cookies_for(to, now, initiator_of(why)); !cookies.empty())
        request.fields.emplace_back("Cookie", std::move(cookies));
    fake_exchange exchange(std::move(request));
    auto answer = run(exchange);
    take_cookies(answer, to.path);
    return answer;
}

client_answer house::run(fake_exchange& exchange)
{
    gateway::context about;
    const auto target = exchange.request().target;
    const auto mark = target.find('?');
    about.target = target;
    about.path = target.substr(0, mark);
    about.query = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
    about.request_id = "request-1";
    about.client_address = "192.0.2.7";
    about.host = requested_host;
    about.is_secure = true;
    about.now = now;
    under_way = &exchange;
    test::run(io, answer(exchange, about));
    under_way = nullptr;
    REQUIRE(exchange.answer().is_finished == !exchange.is_client_gone());
    return exchange.answer();
}

// As gateway/pipeline does it, with a word in place of the application.
net::task<void> house::answer(fake_exchange& exchange, gateway::context& about)
{
    const auto& fields = exchange.request().fields;
    if (authentication_->identify(fields, about) == gateway::authentication::look::must_ask)
        co_await authentication_->ask(exchange.request().method, fields, about);
    if (about.path == ours.resume_path)
        co_return co_await (
            about.session ? resume_->answer(exchange, about) : sign_in_->begin(exchange, about)
        );
    if (auto* const at = endpoint_at(about.path))
        co_return co_await at->answer(exchange, about);
    const auto method = exchange.request().method;
    switch (gateway::decide(method, about, plan.policy))
    {
    case gateway::verdict::sign_in:
        if (gateway::is_sent_form(exchange.request()))
            co_return co_await resume_->keep(exchange, about);
        co_return co_await sign_in_->begin(exchange, about);
    case gateway::verdict::unavailable:
        co_return co_await refusal_->answer(exchange, about, *about.trouble);
    case gateway::verdict::step_up:
        co_return co_await sign_in_->step_up(exchange, about, *gateway::unmet(method, about, plan.policy));
    case gateway::verdict::forward:
        break;
    }
    http::response page{.status = 200, .fields = {}, .body = "the application"};
    std::vector<http::field> edited;
    gateway::answer_fields editor(sessions_->where(), fields, about, loops_.get());
    editor.edit(page.status, edited);
    for (const auto& each : edited)
        page.fields.emplace_back(each.name, each.value);
    auto sent = co_await net::send(exchange, page);
    REQUIRE(sent);
}

gateway::endpoint* house::endpoint_at(std::string_view path) const
{
    if (path == ours.login_path)
        return sign_in_.get();
    if (path == ours.callback_path)
        return callback_.get();
    if (auto* const ending = endings_->at(path))
        return ending;
    if (path == ours.session_path)
        return session_info_.get();
    if (path == ours.jwks_path)
        return jwks_.get();
    if (path == ours.test_path)
        return test_sign_in_.get();
    return path == ours.initiate_path ? initiate_.get() : nullptr;
}

void house::take_cookies(const client_answer& answer, const std::string& path)
{
    const site from{.by = site::scheme::https, .host = host, .path = path};
    CHECK(jar.take(answer.all("Set-Cookie"), from, now)); // the browser drops none
}

house::journey house::leave(const std::string& target)
{
    auto answer = get(target);
    REQUIRE(answer.status == 303);
    auto to = url::parse(answer.field("Location"));
    REQUIRE(to);
    journey made{std::move(answer), {}, {}, std::move(*to)};
    const auto said = said_to(peer_of(made), made.provider_address.text());
    made.state = value_in(said, "state");
    made.nonce = value_in(said, "nonce");
    peer_of(made).remember(made.nonce);
    return made;
}

fake_provider& house::peer_of(const journey& from)
{
    for (std::size_t index = 0; index < further.size(); ++index)
        if (plan.further[index].issuer.identifier.view() == from.provider_address.origin())
            return *further[index];
    return peer;
}

std::string house::honest_query(const journey& from)
{
    nlohmann::json query;
    auto& at = peer_of(from);
    query["state"] = from.state;
    query["iss"] = at.metadata["issuer"];
    const std::string code = oidc::has_code(plan.flow) ? "c-1" : "";
    const std::string token = oidc::has_access_token(plan.flow) ? "at-0" : "";
    if (!code.empty())
        query["code"] = code;
    if (oidc::has_id_token(plan.flow))
        query["id_token"] = at.front_id_token(code, token);
    if (!token.empty())
        query.update({{"access_token", token}, {"token_type", "Bearer"}});
    if (oidc::is_signed(plan.mode))
        query = {{"response", at.signed_response(query)}};
    http::form_writer written;
    for (const auto& [name, value] : query.items())
        written.add(name, value.get<std::string>());
    return written.text();
}

client_answer house::come_back(const journey& from)
{
    if (oidc::is_posted(plan.flow, plan.mode))
        return post(ours.callback_path, honest_query(from), errand::form_elsewhere);
    return get(ours.callback_path + "?" + honest_query(from), errand::link_elsewhere);
}

client_answer house::sign_in() { return come_back(leave()); }

bool house::is_signed_in() { return get(ours.session_path, errand::fetch).status == 200; }

std::int64_t house::count(std::string_view line) const
{
    const auto text = metrics.expose();
    const auto at = text.find("\n" + std::string(line) + " ");
    return at == std::string::npos ? -1 : std::stoll(text.substr(at + line.size() + 2));
}

} // namespace sekisho::test
