// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/admin_sessions.hpp"

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "crypto/hash.hpp"
#include "gateway/answers.hpp"
#include "http/authorization.hpp"
#include "http/form.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view where = "admin.sessions";
constexpr std::string_view all_of_them = "/sessions";
constexpr std::string_view one_of_them = "/sessions/";

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

std::string_view query_of(std::string_view target)
{
    const auto mark = target.find('?');
    return mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
}

std::unexpected<error> unclear(std::string detail)
{
    return fail(errc::request_malformed, where, std::move(detail));
}

http::response failed(const error& why)
{
    const auto& row = describe(why.code);
    json body{{"error", row.name}};
    if (is_utf8(why.detail))
        body["detail"] = why.detail;
    auto answer = json_answer(row.status, body);
    if (row.status == 503)
        answer.fields.emplace_back("Retry-After", "15");
    return answer;
}

// The only parameter that a query may have.
result<std::optional<std::string>> only_parameter(std::string_view query, std::string_view name)
{
    auto form = http::form::parse(query);
    if (!form)
        return unclear("the query cannot be read");
    for (const auto& field : form->fields())
        if (field.name != name)
            return unclear("\"" + field.name + "\" is no parameter here");
    if (form->fields().empty())
        return std::optional<std::string>();
    if (form->fields().size() > 1)
        return unclear(std::string(name) + " stands there more than once");
    if (form->fields().front().value.empty())
        return unclear(std::string(name) + " is empty");
    return form->fields().front().value;
}

bool may_be_id(std::string_view text)
{
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    constexpr std::size_t longest = 128;
    return !text.empty() && text.size() <= longest &&
           text.find_first_not_of(letters) == std::string_view::npos;
}

json to_json(const session::summary& of)
{
    return {
        {"id", of.id.view()},
        {"user", of.user},
        {"username", of.username},
        {"issuer", of.issuer},
        {"subject", of.subject},
        {"provider", of.provider},
        {"address", of.address},
        {"since", format_time(of.created)},
        {"last_use", format_time(of.last_seen)},
        {"until", format_time(of.expires)},
    };
}

std::string_view name_of(session::ends what)
{
    switch (what)
    {
    case session::ends::user:
        return "user";
    case session::ends::everybody:
        return "everybody";
    default:
        return "session";
    }
}

http::response wrong_method(std::string_view allowed)
{
    auto answer = json_answer(405, json{{"error", describe(errc::request_method_not_allowed).name}});
    answer.fields.emplace_back("Allow", allowed);
    return answer;
}

} // namespace

bool brings_token(std::string_view authorization, const secret& token)
{
    const auto sent = http::parse_bearer(authorization);
    if (!sent || token.empty())
        return false;
    // Hashed, so that not even the size tells.
    const auto theirs = crypto::hash(crypto::digest::sha256, as_bytes(*sent));
    const auto ours = crypto::hash(crypto::digest::sha256, as_bytes(token.reveal()));
    return crypto::equal_in_constant_time(theirs, ours);
}

result<session::ending> ending_asked_for(std::string_view path, std::string_view query, time_point now)
{
    session::ending what;
    what.at = now;
    if (path.starts_with(one_of_them))
    {
        const auto id = path.substr(one_of_them.size());
        if (!may_be_id(id))
            return unclear("this is not the id of a session");
        if (!query.empty())
            return unclear("behind an id no parameter stands");
        what.value = id;
        return what;
    }
    if (query == "everybody=true")
    {
        what.what = session::ends::everybody;
        return what;
    }
    auto user = only_parameter(query, "user");
    if (!user)
        return std::unexpected(std::move(user.error()));
    if (!*user)
        return unclear("say whose: /sessions/ID, /sessions?user=U or /sessions?everybody=true");
    what.what = session::ends::user;
    what.value = **std::move(user);
    return what;
}

admin_sessions::admin_sessions(source of, std::function<time_point()> clock)
    : of_(std::move(of)), clock_(std::move(clock)),
      wrong_tokens_({.per_client = 10, .in_all = 30, .window = std::chrono::minutes(1)})
{
}

bool admin_sessions::has(std::string_view path) const
{
    return (path == all_of_them || path.starts_with(one_of_them)) && !of_().token.empty();
}

net::task<http::response> admin_sessions::answer(const net::exchange& request)
{
    const auto access = of_();
    const auto& head = request.request();
    auto peer = request.client().address.to_string();
    const auto authorization = http::find(head.fields, "Authorization").value_or("");
    // Who has the token is let in whatever others tried, so that nobody can lock an administrator out.
    if (!brings_token(authorization, access.token))
        co_return refuse_stranger(authorization, peer);
    const auto path = path_of(head.target);
    const auto query = query_of(head.target);
    if (head.method == "DELETE")
    {
        auto what = ending_asked_for(path, query, clock_());
        auto answer = co_await end(access.sessions, std::move(what), std::move(peer));
        co_return answer;
    }
    if (path != all_of_them || head.method != "GET")
        co_return wrong_method(path == all_of_them ? "GET, DELETE" : "DELETE");
    auto answer = co_await list(access.sessions, query, std::move(peer));
    co_return answer;
}

http::response admin_sessions::refuse_stranger(std::string_view authorization, std::string_view peer)
{
    if (const auto wait = wrong_tokens_.take(peer, clock_()))
    {
        auto answer = failed({errc::too_many_attempts, where, "too many wrong tokens"});
        answer.fields.emplace_back("Retry-After", std::to_string(wait->count()));
        return answer;
    }
    log::warning("audit", {{"action", "sessions.refused"}, {"by", peer}, {"bearer", !authorization.empty()}});
    // RFC 6750, 3.1: no error code for whoever brought nothing.
    constexpr std::array<http::challenge_parameter, 2> parameters{
        {{"realm", "sekisho"}, {"error", "invalid_token"}}
    };
    auto answer = failed({errc::session_required, where, "admin.token is wanted as bearer token"});
    answer.fields.emplace_back(
        "WWW-Authenticate",
        http::challenge("Bearer", std::span(parameters).first(authorization.empty() ? 1 : 2))
    );
    return answer;
}

net::task<http::response>
admin_sessions::list(std::shared_ptr<session::keeper> from, std::string_view query, std::string by)
{
    auto user = only_parameter(query, "user");
    if (!user)
        co_return failed(user.error());
    auto found = co_await from->list(user->value_or(std::string()), clock_());
    const auto whom = user->value_or(std::string());
    if (!found)
    {
        log::failure("audit", found.error(), {{"action", "sessions.list"}, {"by", by}, {"user", whom}});
        co_return failed(found.error());
    }
    log::info(
        "audit", {{"action", "sessions.list"}, {"by", by}, {"user", whom}, {"sessions", found->size()}}
    );
    auto all = json::array();
    for (const auto& each : *found)
        all.push_back(to_json(each));
    co_return json_answer(200, json{{"sessions", std::move(all)}});
}

net::task<http::response>
admin_sessions::end(std::shared_ptr<session::keeper> in, result<session::ending> what, std::string by)
{
    if (!what)
        co_return failed(what.error());
    const auto kind = name_of(what->what);
    const auto whom = what->value;
    auto ended = co_await in->end(*std::move(what));
    if (ended)
    {
        log::warning(
            "audit",
            {{"action", "sessions.end"}, {"by", by}, {"what", kind}, {"whom", whom}, {"sessions", *ended}}
        );
        co_return json_answer(200, json{{"ended", *ended}});
    }
    log::failure(
        "audit", ended.error(), {{"action", "sessions.end"}, {"by", by}, {"what", kind}, {"whom", whom}}
    );
    error known_here = std::move(ended.error());
    known_here.detail = "ended at this replica; the others are told when the session store answers again";
    co_return failed(known_here);
}

} // namespace sekisho::gateway
