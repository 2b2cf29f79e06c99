// SPDX-License-Identifier: Apache-2.0
#pragma once
// The whole gate on free ports of the loopback address, with its control worker on a thread of its own.

#include "session/session.hpp"
#include "settings/model.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sekisho::test
{

// Settings of a gate in front of an application at this port: one worker, no log, a secret, /public/* public.
settings::model gate_settings(std::uint16_t application_port);

// Whoever is signed in, as the gate would have written it; `left`: until the session ends.
std::string session_cookie(const settings::model& of, std::chrono::milliseconds left = std::chrono::hours(1));
std::string session_cookie(const settings::model& of, const session::session& value);
session::session signed_in_session(std::chrono::milliseconds left = std::chrono::hours(1));

class running_gate
{
public:
    // `files`: what the settings' file names mean.
    explicit running_gate(settings::model with, std::map<std::string, std::string> files = {});
    ~running_gate();
    running_gate(const running_gate&) = delete;
    running_gate& operator=(const running_gate&) = delete;

    std::uint16_t port() const;
    std::uint16_t admin_port() const;
    // "name=value" of a session's cookie, for a Cookie field.
    std::string cookie() const;
    // The text of /metrics.
    std::string metrics() const;

    // What the problems are; empty: it is done.
    std::vector<std::string>
    reload(const settings::model& with, std::map<std::string, std::string> files = {});
    // As SIGTERM does; returns at once.
    void begin_to_shut_down();
    // Until everything has ended after begin_to_shut_down().
    void wait_for_end();

private:
    struct inside;
    std::unique_ptr<inside> in_;
};

} // namespace sekisho::test
