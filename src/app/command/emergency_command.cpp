// SPDX-License-Identifier: Apache-2.0
#include "app/command/emergency_command.hpp"

#include "app/command/emergency_file.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "emergency/password_hash.hpp"
#include "emergency/totp.hpp"

#include <cstdio>
#include <fmt/format.h>
#include <iostream>
#include <termios.h>
#include <unistd.h>
#include <utility>

namespace sekisho::app
{
namespace
{

using emergency::people;
using emergency::people_register;
using after = people_register::after;

emergency_report failed(std::string why) { return {status_failed, "sekisho: " + std::move(why) + "\n"}; }

result<std::string> address_of(const emergency_request& wanted, const settings::model& with)
{
    if (!wanted.base_url.empty())
    {
        auto given = url::parse(wanted.base_url);
        if (!given)
            return fail(errc::value_malformed, "--base-url", given.error().detail);
        return given->origin();
    }
    if (!with.server.public_url)
        return fail(errc::value_malformed, "server.public_url", "is not set, and no --base-url was given");
    return with.server.public_url->origin();
}

emergency_report
invite(const emergency_request& wanted, const settings::model& with, people_register& in, time_point now)
{
    const auto address = address_of(wanted, with);
    if (!address)
        return failed(to_text(address.error()));
    secret token;
    const auto done = in.update(
        [&](people& all) -> result<after>
        {
            auto made = all.invite(wanted.name, now, crypto::system_random());
            if (!made)
                return std::unexpected(made.error());
            token = std::move(*made);
            return after::keep;
        }
    );
    if (!done)
        return failed(done.error().detail);
    return {
        0,
        fmt::format(
            "Give this link to {} alone. It registers one passkey, once, until {}:\n  {}{}?invite={}\n",
            wanted.name,
            format_time(now + emergency::invitation_lifetime),
            *address,
            with.server.emergency_path,
            token.reveal()
        )
    };
}

std::string describe(const emergency::person& who, time_point now)
{
    auto text = fmt::format("{}: {} passkey(s)", who.name, who.passkeys.size());
    for (const auto& each : who.passkeys)
        text += fmt::format(
            "\n  {} of {}, counter {}",
            crypto::name(each.key.key.alg),
            format_time(each.registered),
            each.key.counter
        );
    if (who.password)
        text += "\n  a password and codes";
    if (who.invited)
        text +=
            (now < who.invited->ends ? "\n  an invitation until " : "\n  an invitation that was over at ") +
            format_time(who.invited->ends);
    return text + "\n";
}

emergency_report list(people_register& in, time_point now)
{
    const auto all = in.read();
    if (!all)
        return failed(all.error().detail);
    std::string text;
    for (const auto& each : all->all())
        text += describe(each, now);
    return {0, text.empty() ? "nobody; `sekisho emergency invite NAME` adds somebody\n" : text};
}

emergency_report remove(const emergency_request& wanted, people_register& in)
{
    const auto done = in.update(
        [&](people& all) -> result<after>
        {
            if (!all.remove(wanted.name))
                return fail(errc::value_malformed, "emergency.name", "there is nobody called " + wanted.name);
            return after::keep;
        }
    );
    if (!done)
        return failed(done.error().detail);
    return {0, wanted.name + " is removed. Sessions that are open last for emergency.lifetime at most.\n"};
}

emergency_report set_password(
    const emergency_request& wanted,
    const settings::model& with,
    people_register& in,
    const std::function<result<secret>()>& ask_password
)
{
    const auto typed = ask_password();
    if (!typed)
        return failed(typed.error().detail);
    if (typed->size() < emergency::least_password)
        return failed("the password has less than 12 characters");
    auto& random = crypto::system_random();
    auto hash = emergency::hash_password(*typed, random);
    if (!hash)
        return failed(to_text(hash.error()));
    const auto codes = emergency::make_totp_secret(random);
    const auto done = in.update(
        [&](people& all) -> result<after>
        {
            auto who = all.ensure(wanted.name, random);
            if (!who)
                return std::unexpected(who.error());
            (*who)->password = emergency::kept_password{*hash, codes, 0};
            return after::keep;
        }
    );
    if (!done)
        return failed(done.error().detail);
    const auto site = with.server.public_url ? with.server.public_url->host() : std::string("sekisho");
    return {
        0,
        fmt::format(
            "The password of {} is set. Put this into an authenticator app now; it is shown only once:\n  "
            "{}\n",
            wanted.name,
            emergency::totp_address(codes, site, wanted.name).reveal()
        )
    };
}

// The terminal does not show what is typed for as long as this lives.
class hidden_typing
{
public:
    hidden_typing()
    {
        is_terminal_ = ::tcgetattr(STDIN_FILENO, &before_) == 0;
        if (!is_terminal_)
            return;
        auto hidden = before_;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    hidden_typing(const hidden_typing&) = delete;
    hidden_typing& operator=(const hidden_typing&) = delete;
    ~hidden_typing()
    {
        if (is_terminal_)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    bool is_terminal() const noexcept { return is_terminal_; }

private:
    termios before_{};
    bool is_terminal_ = false;
};

secret read_line(bool asks, std::string_view question)
{
    if (asks)
        std::cerr << question << std::flush;
    std::string line;
    std::getline(std::cin, line);
    if (asks)
        std::cerr << "\n";
    return secret(std::move(line));
}

} // namespace

result<secret> read_password_from_terminal()
{
    const hidden_typing hidden;
    auto first = read_line(hidden.is_terminal(), "Password: ");
    if (first.empty())
        return fail(errc::value_malformed, "password", "no password was typed");
    if (hidden.is_terminal() && read_line(true, "Again: ").reveal() != first.reveal())
        return fail(errc::value_malformed, "password", "the two passwords differ");
    return first;
}

emergency_report change_emergency(
    const emergency_request& wanted,
    const settings::model& with,
    time_point now,
    const std::function<result<secret>()>& ask_password
)
{
    if (with.emergency.file.empty())
        return failed("emergency.file is not set: name the file to keep these people in");
    const auto in = emergency_file(with.emergency.file, missing_file::is_empty);
    switch (wanted.what)
    {
    case emergency_action::invite:
        return invite(wanted, with, *in, now);
    case emergency_action::remove:
        return remove(wanted, *in);
    case emergency_action::password:
        return set_password(wanted, with, *in, ask_password);
    case emergency_action::list:
        break;
    }
    return list(*in, now);
}

} // namespace sekisho::app
