// SPDX-License-Identifier: Apache-2.0
#include "provider/back_channel.hpp"

#include "http/form.hpp"
#include "oidc/client_authentication.hpp"
#include "oidc/userinfo.hpp"

#include <optional>
#include <utility>

namespace sekisho::provider
{
namespace
{

net::outgoing_request to_call(oidc::form_request form)
{
    auto text = oidc::body(form);
    return {
        .method = "POST",
        .target = std::move(form.endpoint),
        .fields = std::move(form.fields),
        .body = std::move(text)
    };
}

struct call_steps
{
    journal_step request;
    journal_step response;
};

constexpr call_steps token_steps{journal_step::token_request, journal_step::token_response};
constexpr call_steps pushed_steps{journal_step::pushed_request, journal_step::pushed_response};
constexpr call_steps userinfo_steps{journal_step::userinfo_request, journal_step::userinfo_response};

constexpr call_steps steps_of(call what)
{
    if (what == call::userinfo)
        return userinfo_steps;
    return what == call::pushed_request ? pushed_steps : token_steps;
}

// What a form or a query of ours has.
oidc::parameters pairs_in(std::string_view encoded)
{
    const auto form = http::form::parse(encoded);
    return form ? oidc::parameters(form->fields().begin(), form->fields().end()) : oidc::parameters();
}

void note_request(journal* into, call_steps steps, const net::outgoing_request& request)
{
    if (into == nullptr)
        return;
    into->begin(steps.request);
    into->value(request.method, request.target.origin() + request.target.path());
    into->values(pairs_in(request.target.query()));
    into->fields(request.fields);
    into->values(pairs_in(request.body));
}

void note_answer(journal* into, call_steps steps, const result<net::incoming_response>& answer)
{
    if (into == nullptr)
        return;
    into->begin(steps.response);
    if (!answer)
        return into->failed(answer.error());
    into->value("status", std::to_string(answer->status));
    into->value("Content-Type", field_of(*answer, "Content-Type"));
    into->body(answer->body);
}

// What failed before anything was sent: credentials, or the key of a proof. The network's failures have codes
// and places of its own.
bool is_ours(const error& failure)
{
    return failure.code == errc::oidc_code_exchange_failure || failure.where.starts_with("oidc.");
}

std::string_view place_of(const error& failure, std::string_view endpoint)
{
    return is_ours(failure) ? failure.where : endpoint;
}

// Whoever reads that the provider did not know us has to know what it was shown.
result<oidc::token_response>
with_method(result<oidc::token_response> answer, std::optional<oidc::client_authentication> shown)
{
    if (answer || !shown || answer.error().where != "token_response.invalid_client")
        return answer;
    auto why = answer.error();
    why.detail.append("; what it was shown is ").append(oidc::name(*shown));
    return std::unexpected(std::move(why));
}

} // namespace

const url& back_channel::for_certificates(const std::optional<url>& alias, const url& usual) const
{
    return what_.proofs.has_certificate && alias ? *alias : usual;
}

net::task<result<net::incoming_response>> back_channel::send(proven_call how, request_maker make)
{
    const auto at = how.what == call::userinfo ? dpop_server::resource : dpop_server::authorization;
    auto& dpop = credentials_.dpop();
    for (auto may_repeat = true;; may_repeat = false)
    {
        auto request = make();
        if (request)
            request = dpop.proven(std::move(*request), at, *how.metadata, how.access_token);
        if (!request)
            co_return std::unexpected(request.error());
        note_request(how.record, steps_of(how.what), *request);
        const auto asked = request->target;
        auto answer = co_await calls_.send(how.what, std::move(*request));
        note_answer(how.record, steps_of(how.what), answer);
        const auto is_to_be_repeated = answer && dpop.remember(at, asked, *answer);
        if (!is_to_be_repeated || !may_repeat)
            co_return answer;
    }
}

net::task<result<oidc::token_response>>
back_channel::redeem(std::shared_ptr<const oidc::metadata> metadata, oidc::code_grant grant, journal* record)
{
    constexpr auto meaning = errc::oidc_code_exchange_failure;
    if (!metadata->token_endpoint)
        co_return fail(meaning, "token_endpoint", "the provider's metadata has no token_endpoint");
    const auto& endpoint = for_certificates(metadata->mtls.token_endpoint, *metadata->token_endpoint);
    std::optional<oidc::client_authentication> shown;
    request_maker make = [&]() -> result<net::outgoing_request>
    {
        const auto client = credentials_.for_request(*metadata);
        if (!client)
            return std::unexpected(client.error());
        shown = client->method;
        auto request = oidc::code_request(endpoint, *client, grant);
        if (what_.proofs.sends_origin)
            request = oidc::with_origin(std::move(request), grant.redirect);
        return to_call(std::move(request));
    };
    proven_call how{call::token, metadata, {}, record};
    auto answer = co_await send(std::move(how), std::move(make));
    if (!answer)
        co_return std::unexpected(
            translated(answer.error(), meaning, place_of(answer.error(), "token_endpoint"))
        );
    const auto need =
        what_.protocol == protocol::oauth2 ? oidc::id_token_need::optional : oidc::id_token_need::required;
    auto tokens = oidc::parse_token_response(
        answer->status, field_of(*answer, "Content-Type"), answer->body, need, credentials_.dpop().scheme()
    );
    co_return with_method(std::move(tokens), shown);
}

net::task<result<oidc::token_response>>
back_channel::refresh(std::shared_ptr<const oidc::metadata> metadata, oidc::refresh_grant grant)
{
    constexpr auto meaning = errc::oidc_refresh_failure;
    if (!metadata->token_endpoint)
        co_return fail(meaning, "token_endpoint", "the provider's metadata has no token_endpoint");
    const auto& endpoint = for_certificates(metadata->mtls.token_endpoint, *metadata->token_endpoint);
    std::optional<oidc::client_authentication> shown;
    request_maker make = [&]() -> result<net::outgoing_request>
    {
        const auto client = credentials_.for_request(*metadata);
        if (!client)
            return std::unexpected(client.error());
        shown = client->method;
        auto request = oidc::refresh_request(endpoint, *client, grant.token);
        if (what_.proofs.sends_origin && grant.redirect)
            request = oidc::with_origin(std::move(request), *grant.redirect);
        return to_call(std::move(request));
    };
    proven_call how{call::refresh, metadata, {}, nullptr};
    auto answer = co_await send(std::move(how), std::move(make));
    if (!answer)
        co_return std::unexpected(
            translated(answer.error(), meaning, place_of(answer.error(), "token_endpoint"))
        );
    auto tokens = oidc::parse_refresh_response(
        answer->status, field_of(*answer, "Content-Type"), answer->body, credentials_.dpop().scheme()
    );
    co_return with_method(std::move(tokens), shown);
}

net::task<result<void>>
back_channel::revoke(std::shared_ptr<const oidc::metadata> metadata, secret token, oidc::token_hint what)
{
    constexpr auto meaning = errc::oidc_revocation_failure;
    if (!metadata->revocation_endpoint)
        co_return result<void>();
    const auto client = credentials_.for_request(*metadata);
    if (!client)
        co_return std::unexpected(translated(client.error(), meaning, client.error().where));
    const auto& endpoint =
        for_certificates(metadata->mtls.revocation_endpoint, *metadata->revocation_endpoint);
    auto request = oidc::revocation_request(endpoint, *client, token, what);
    auto answer = co_await calls_.send(call::revocation, to_call(std::move(request)));
    if (!answer)
        co_return std::unexpected(translated(answer.error(), meaning, "revocation_endpoint"));
    co_return oidc::read_revocation(answer->status, answer->body);
}

net::task<result<oidc::pushed_response>>
back_channel::push(std::shared_ptr<const oidc::metadata> metadata, oidc::parameters said, journal* record)
{
    constexpr std::string_view member = "pushed_authorization_request_endpoint";
    const auto& usual = metadata->pushed_authorization_request_endpoint;
    if (!usual)
        co_return fail(
            errc::oidc_metadata_fetch_failure,
            member,
            "authorization requests are to be pushed (oidc.pushed_authorization, or the provider demands "
            "it), and the provider's metadata has no such address: set "
            "oidc.pushed_authorization_request_endpoint"
        );
    const auto& endpoint = for_certificates(metadata->mtls.pushed_authorization_request_endpoint, *usual);
    request_maker make = [&]() -> result<net::outgoing_request>
    {
        const auto client = credentials_.for_request(*metadata);
        if (!client)
            return std::unexpected(client.error());
        return to_call(oidc::pushed_request(endpoint, *client, said));
    };
    proven_call how{call::pushed_request, metadata, {}, record};
    auto answer = co_await send(std::move(how), std::move(make));
    if (!answer)
    {
        const auto& why = answer.error();
        const auto meaning = is_ours(why) ? errc::oidc_login_error : errc::oidc_provider_unavailable;
        co_return std::unexpected(translated(why, meaning, place_of(why, member)));
    }
    co_return oidc::read_pushed(answer->status, answer->body);
}

net::task<result<net::incoming_response>>
back_channel::userinfo(std::shared_ptr<const oidc::metadata> metadata, secret access_token, journal* record)
{
    constexpr auto meaning = errc::oidc_userinfo_failure;
    if (!metadata->userinfo_endpoint)
        co_return fail(
            meaning,
            "userinfo_endpoint",
            "the provider's metadata has no userinfo_endpoint: set oidc.userinfo_endpoint, or oidc.userinfo "
            "to "
            "auto or never (with oidc.id_token_signature tls it is always asked)"
        );
    const auto& endpoint = for_certificates(metadata->mtls.userinfo_endpoint, *metadata->userinfo_endpoint);
    request_maker make = [&]() -> result<net::outgoing_request>
    {
        auto asked =
            oidc::ask_userinfo(endpoint, access_token, what_.userinfo_token, credentials_.dpop().scheme());
        return net::outgoing_request{
            .method = std::string(asked.method),
            .target = std::move(asked.endpoint),
            .fields = std::move(asked.fields),
            .body = std::move(asked.body)
        };
    };
    proven_call how{call::userinfo, metadata, access_token, record};
    auto answer = co_await send(std::move(how), std::move(make));
    if (!answer)
        co_return std::unexpected(
            translated(answer.error(), meaning, place_of(answer.error(), "userinfo_endpoint"))
        );
    co_return answer;
}

net::task<result<net::incoming_response>> back_channel::claim_source(url endpoint, secret access_token)
{
    net::outgoing_request request{
        .method = "GET",
        .target = std::move(endpoint),
        .fields = {{"Accept", "application/jwt, application/json"}},
        .body = {}
    };
    if (!access_token.empty())
        request.fields.emplace_back("Authorization", "Bearer " + std::string(access_token.reveal()));
    auto answer = co_await calls_.send(call::claim_source, std::move(request));
    if (!answer)
        co_return std::unexpected(translated(answer.error(), errc::oidc_userinfo_failure, "claim_source"));
    co_return answer;
}

} // namespace sekisho::provider
