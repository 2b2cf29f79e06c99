// SPDX-License-Identifier: Apache-2.0
#include "session/summary.hpp"

#include "session/codec_parts.hpp"

namespace sekisho::session
{
namespace
{

constexpr char version = 'n';

} // namespace

summary summarize(const session& value)
{
    return {
        .id = value.id,
        .issuer = value.who.issuer,
        .subject = value.who.subject,
        .user = value.who.user,
        .username = value.who.username,
        .provider = value.provider,
        .sid = value.sid,
        .address = value.address,
        .created = value.created,
        .last_seen = value.last_seen,
        .expires = value.expires,
    };
}

std::string encode(const summary& value)
{
    writer out(version);
    out.text(value.id.view());
    out.text(value.issuer);
    out.text(value.subject);
    out.text(value.user);
    out.text(value.username);
    out.text(value.provider);
    out.text(value.sid);
    out.text(value.address);
    out.time(value.created);
    out.time(value.last_seen);
    out.time(value.expires);
    return out.finish();
}

result<summary> decode_summary(std::string_view encoded)
{
    reader in(encoded, version);
    summary value;
    value.id = session_id(in.text("id"));
    value.issuer = in.text("issuer");
    value.subject = in.text("subject");
    value.user = in.text("user");
    value.username = in.text("username");
    value.provider = in.text("provider");
    value.sid = in.text("sid");
    value.address = in.text("address");
    value.created = in.time("created");
    value.last_seen = in.time("last_seen");
    value.expires = in.time("expires");
    if (auto end = in.finish("session.summary"); !end)
        return std::unexpected(end.error());
    return value;
}

} // namespace sekisho::session
