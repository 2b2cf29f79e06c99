// SPDX-License-Identifier: Apache-2.0
#pragma once
// Asks the admin listener of a running gate, as other commands of the program do. Blocking; one question per
// connection.

#include "base/secret.hpp"
#include "settings/model.hpp"

#include <chrono>
#include <expected>
#include <string>

namespace sekisho::app
{

struct admin_question
{
    std::string method = "GET";
    std::string target;                // "/healthz", percent-encoded
    secret token{};                    // sent as bearer token; empty: none
    std::chrono::seconds patience{10}; // for all of it
};

struct admin_reply
{
    int status = 0;
    std::string body; // at most 64 MiB
};

// A listener on every address is asked on the loopback address. The error is a sentence for people: no such
// listener, nobody there, or somebody else.
std::expected<admin_reply, std::string>
ask_admin(const settings::admin_settings& of, const admin_question& what);

// "127.0.0.1:9090"; empty: admin.listen is off.
std::string admin_place(const settings::admin_settings& of);

} // namespace sekisho::app
