// SPDX-License-Identifier: Apache-2.0
#pragma once
// What somebody typed, as a value: which command, with which options. Reads nothing else and starts nothing.

#include "crypto/jwe_algorithm.hpp"
#include "crypto/key.hpp"
#include "provider/key_rotation.hpp"
#include "settings/reading.hpp"

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::app
{

enum class action : std::uint8_t
{
    serve,
    check,
    config,
    health,
    key,
    emergency,
    session,
    registration,
    secret,
    version,
};

enum class report_format : std::uint8_t
{
    text,
    json,
};

// What `sekisho config` prints.
enum class document : std::uint8_t
{
    reference,
    schema,
    example,
    show, // the values in effect
    errors,
    errors_ja, // the same in Japanese
};

// Whether `sekisho check` prints a ticket for the test page, which is good for whoever reads it.
enum class test_ticket : std::uint8_t
{
    shown,
    left_out,
};

// What `sekisho health` asks the admin listener.
enum class probe : std::uint8_t
{
    liveness,
    readiness,
};

// What `sekisho key` does.
enum class key_action : std::uint8_t
{
    show, // what to register at the provider
    generate,
    rotate,
};

struct key_request
{
    key_action what = key_action::show;
    std::optional<crypto::algorithm> alg;                          // nullopt: not said
    std::optional<crypto::key_management> decrypts;                // instead of `alg`: a key that decrypts
    std::string where = "signing-key.jwk";                         // a file or directory
    std::chrono::seconds publication = provider::publication_time; // of a next key, before it signs
};

// What `sekisho emergency` does.
enum class emergency_action : std::uint8_t
{
    list,
    invite,
    remove,
    password,
};

struct emergency_request
{
    emergency_action what = emergency_action::list;
    std::string name;     // of the person; empty with list
    std::string base_url; // of the invitation's link; empty: server.public_url
};

// What `sekisho session` does.
enum class session_action : std::uint8_t
{
    list,
    end,
};

struct session_request
{
    enum class scope : std::uint8_t
    {
        named, // by the id or the user; with list and neither: all
        everybody,
    };

    session_action what = session_action::list;
    std::string id;
    std::string user;
    scope whom = scope::named;
    bool is_sure = false; // nobody is asked
};

// What `sekisho register` does.
enum class register_action : std::uint8_t
{
    keep,   // registers, or changes what was registered before
    show,   // the request, without sending it
    remove, // takes it away
};

// How the provider gets to know our public keys.
enum class register_keys : std::uint8_t
{
    by_address, // where others may fetch them: server.jwks_path
    inline_set, // in the request
};

struct register_request
{
    register_action what = register_action::keep;
    std::string provider;    // empty: the only one
    std::string directory;   // empty: nothing is kept, the answer is printed
    std::string client_name; // empty: the host of server.public_url
    register_keys keys = register_keys::by_address;
    bool is_anew = false; // --force: a new client although one is kept
};

// Where settings come from beside the environment.
struct settings_request
{
    std::optional<std::string> config_file;
    std::vector<settings::override_value> overrides;
};

struct command
{
    action what = action::serve;
    settings_request request;
    report_format format = report_format::text;
    test_ticket ticket = test_ticket::shown; // left out of JSON, unless it is asked for
    app::document document = app::document::reference;
    app::probe probe = app::probe::liveness;
    key_request key;
    emergency_request emergency;
    session_request session;
    register_request registration;
};

// No command to run: help was asked for, or the line could not be understood.
struct early_exit
{
    int status = 0;
    std::string output;    // for standard output
    std::string complaint; // for standard error
};

// Exit statuses of the program: 0 fine, 1 it failed, 2 the command line or the settings cannot be used.
inline constexpr int status_failed = 1;
inline constexpr int status_unusable = 2;

// `arguments` are those after the program's name. No command means serve.
std::expected<command, early_exit> parse_command_line(const std::vector<std::string>& arguments);

} // namespace sekisho::app
