// SPDX-License-Identifier: Apache-2.0
#include "session/codec.hpp"

#include "session/codec_parts.hpp"

#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

namespace sekisho::session
{
namespace
{

// The first byte. A changed layout takes a new one.
constexpr char session_version = 'E';
constexpr char sign_in_version = 'f';

void write_identity(writer& out, const identity::identity& who)
{
    out.text(who.issuer);
    out.text(who.subject);
    out.text(who.user);
    out.text(who.username);
    out.number(who.email ? 1 : 0);
    if (who.email)
        out.text(*who.email);
    out.number(static_cast<std::uint64_t>(who.email_state));
    out.text(who.name);
    out.texts(who.groups);
    out.texts(who.roles);
    out.text(who.picture);
    out.number(who.extra.size());
    for (const auto& extra : who.extra)
    {
        out.text(extra.header);
        out.texts(extra.values);
    }
}

identity::identity read_identity(reader& in)
{
    identity::identity who;
    who.issuer = in.text("issuer");
    who.subject = in.text("subject");
    who.user = in.text("user");
    who.username = in.text("username");
    if (in.number_below(2, "email") == 1)
        who.email = in.text("email");
    who.email_state = static_cast<identity::email_verification>(in.number_below(3, "email_state"));
    who.name = in.text("name");
    who.groups = in.texts("groups");
    who.roles = in.texts("roles");
    who.picture = in.text("picture");
    const auto extras = in.number_below(reader::max_items, "extra");
    for (std::uint64_t index = 0; index < extras && !in.has_failed(); ++index)
    {
        auto header = in.text("extra");
        who.extra.push_back({std::move(header), in.texts("extra")});
    }
    return who;
}

} // namespace

std::string encode(const session& value)
{
    writer out(session_version);
    out.text(value.id.view());
    out.text(value.provider);
    out.text(value.sid);
    out.text(value.acr);
    out.number(value.auth_time ? 1 : 0);
    if (value.auth_time)
        out.time(*value.auth_time);
    out.number(value.nonce_mark ? 1 : 0);
    if (value.nonce_mark)
        out.number(*value.nonce_mark);
    out.number(value.issued ? 1 : 0);
    if (value.issued)
        out.time(*value.issued);
    out.time(value.created);
    out.time(value.last_seen);
    out.time(value.expires);
    out.text(value.id_token.reveal());
    out.text(value.access_token.reveal());
    out.text(value.refresh_token.reveal());
    out.number(value.tokens_end ? 1 : 0);
    if (value.tokens_end)
        out.time(*value.tokens_end);
    out.time(value.confirmed);
    out.number(value.generation);
    out.texts(value.amr);
    out.number(value.keeps_signed_in ? 1 : 0);
    out.text(value.address);
    out.text(value.scope);
    out.text(value.session_state);
    write_identity(out, value.who);
    return out.finish();
}

result<session> decode_session(std::string_view encoded)
{
    reader in(encoded, session_version);
    session value;
    value.id = session_id(in.text("id"));
    value.provider = in.text("provider");
    value.sid = in.text("sid");
    value.acr = in.text("acr");
    if (in.number_below(2, "auth_time") == 1)
        value.auth_time = in.time("auth_time");
    if (in.number_below(2, "nonce_mark") == 1)
        value.nonce_mark = in.number("nonce_mark");
    if (in.number_below(2, "issued") == 1)
        value.issued = in.time("issued");
    value.created = in.time("created");
    value.last_seen = in.time("last_seen");
    value.expires = in.time("expires");
    value.id_token = secret(in.text("id_token"));
    value.access_token = secret(in.text("access_token"));
    value.refresh_token = secret(in.text("refresh_token"));
    if (in.number_below(2, "tokens_end") == 1)
        value.tokens_end = in.time("tokens_end");
    value.confirmed = in.time("confirmed");
    value.generation = in.number("generation");
    value.amr = in.texts("amr");
    value.keeps_signed_in = in.number_below(2, "keeps_signed_in") == 1;
    value.address = in.text("address");
    value.scope = in.text("scope");
    value.session_state = in.text("session_state");
    value.who = read_identity(in);
    if (auto end = in.finish("session.codec"); !end)
        return std::unexpected(end.error());
    return value;
}

std::string encode(const sign_in& value)
{
    writer out(sign_in_version);
    out.text(value.state.view());
    out.text(value.nonce.view());
    out.text(value.code_verifier.view());
    out.text(value.return_to);
    out.text(value.provider);
    out.number(static_cast<std::uint64_t>(value.method));
    out.time(value.created);
    out.number(value.max_age ? 1 : 0);
    if (value.max_age)
        out.number(static_cast<std::uint64_t>(value.max_age->count()));
    out.texts(value.acr);
    out.texts(value.scopes);
    out.text(value.scope);
    out.text(value.person);
    out.number(static_cast<std::uint64_t>(value.purpose));
    out.number(value.keeps_signed_in ? 1 : 0);
    return out.finish();
}

result<sign_in> decode_sign_in(std::string_view encoded)
{
    reader in(encoded, sign_in_version);
    sign_in value;
    value.state = oidc::state(in.text("state"));
    value.nonce = oidc::nonce(in.text("nonce"));
    value.code_verifier = oidc::code_verifier(in.text("code_verifier"));
    value.return_to = in.text("return_to");
    value.provider = in.text("provider");
    value.method =
        static_cast<oidc::flow>(in.number_below(static_cast<std::uint64_t>(oidc::flow::count_), "method"));
    value.created = in.time("created");
    if (in.number_below(2, "max_age") == 1)
        value.max_age =
            std::chrono::seconds(static_cast<std::int64_t>(in.number_below(1ULL << 40U, "max_age")));
    value.acr = in.texts("acr");
    value.scopes = in.texts("scopes");
    value.scope = in.text("scope");
    value.person = in.text("person");
    value.purpose = static_cast<sign_in_purpose>(
        in.number_below(static_cast<std::uint64_t>(sign_in_purpose::count_), "purpose")
    );
    value.keeps_signed_in = in.number_below(2, "keeps_signed_in") == 1;
    if (auto end = in.finish("session.codec"); !end)
        return std::unexpected(end.error());
    return value;
}

} // namespace sekisho::session
