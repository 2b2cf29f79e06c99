// SPDX-License-Identifier: Apache-2.0
#include "session/ending.hpp"

#include "session/codec_parts.hpp"

#include <algorithm>

namespace sekisho::session
{
namespace
{

constexpr char version = 'e';

} // namespace

bool means(const ending& what, const session& value) noexcept
{
    // Whoever knows the id means that session, whatever the clocks of two replicas say.
    if (what.what == ends::session)
        return value.id.view() == what.value;
    // In whole seconds: one that began in the same second may be meant, so it is.
    if (value.created > what.at)
        return false;
    switch (what.what)
    {
    case ends::sid:
        return !value.sid.empty() && value.sid == what.value && value.who.issuer == what.issuer;
    case ends::subject:
        return value.who.subject == what.value && value.who.issuer == what.issuer;
    case ends::user:
        return value.who.user == what.value;
    case ends::everybody:
        return true;
    case ends::session:
    case ends::count_:
        break;
    }
    return false;
}

ending ending_of(const session& value, time_point at)
{
    ending what{.what = ends::session, .issuer = {}, .value = value.id.str(), .at = at, .until = {}};
    what.until = std::max(value.expires, at) + ending::between_clocks;
    return what;
}

std::string encode(const ending& value)
{
    writer out(version);
    out.number(static_cast<std::uint64_t>(value.what));
    out.text(value.issuer);
    out.text(value.value);
    out.time(value.at);
    out.time(value.until);
    return out.finish();
}

result<ending> decode_ending(std::string_view encoded)
{
    reader in(encoded, version);
    ending value;
    value.what = static_cast<ends>(in.number_below(static_cast<std::uint64_t>(ends::count_), "what"));
    value.issuer = in.text("issuer");
    value.value = in.text("value");
    value.at = in.time("at");
    value.until = in.time("until");
    if (auto end = in.finish("session.ending"); !end)
        return std::unexpected(end.error());
    return value;
}

} // namespace sekisho::session
