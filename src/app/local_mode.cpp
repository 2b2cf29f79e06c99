// SPDX-License-Identifier: Apache-2.0
#include "app/local_mode.hpp"

#include "base/log.hpp"
#include "crypto/random.hpp"

#include <string>
#include <utility>

namespace sekisho::app
{

local_mode
next_local_mode(const std::shared_ptr<gateway::local_restore>& now, const settings::local_settings& wanted)
{
    if (!wanted.restore)
        return {};
    if (now)
        return {now, {}};
    auto password = gateway::make_temporary_password(crypto::system_random());
    auto made = std::make_shared<gateway::local_restore>(password);
    return {std::move(made), std::move(password)};
}

void tell(const local_mode& mode, const settings::model& with, metric::gauge& is_on)
{
    log::mark_lines(mode.state ? "local_restore" : nullptr);
    is_on.add((mode.state ? 1 : 0) - is_on.value());
    if (mode.fresh.empty())
        return;
    log::configure(with.log.level, with.log.format); // a reload may have shown the level that it needs
    const auto origin = with.server.public_url ? with.server.public_url->origin() : std::string();
    log::warning(
        "local_restore.password",
        {{"password", mode.fresh.reveal()}, {"sign_in_at", origin + with.server.local_path}}
    );
}

net::task<void>
end_local_sessions(std::shared_ptr<session::keeper> sessions, gateway::local_person person, time_point now)
{
    session::ending what{
        .what = session::ends::subject,
        .issuer = person.who.issuer,
        .value = person.who.subject,
        .at = now,
        .until = now + person.limits.lifetime
    };
    auto ended = co_await sessions->end(std::move(what));
    if (!ended)
        log::failure("local_restore.sessions_not_ended", ended.error());
}

} // namespace sekisho::app
