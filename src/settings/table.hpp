// SPDX-License-Identifier: Apache-2.0
#pragma once
// The table of settings: one row drives the YAML file, the environment, the command line, --help, the
// reference, the JSON Schema, the example file and the report of who set what.

#include "settings/spelling.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::settings
{

// What a source says for one setting, before it is read.
struct raw_value
{
    enum class shape : std::uint8_t
    {
        text,
        list, // of YAML; a list may also come as one text
    };
    shape form = shape::text;
    std::vector<std::string> items; // exactly one for a text
};

enum class range : std::uint8_t
{
    any,
    not_zero,
};

enum class white_space : std::uint8_t
{
    trimmed,
    kept, // a separator may be a space
};

// The part of a row that people wrote.
struct description
{
    std::string_view path;                        // "oidc.client_secret"
    std::string_view meaning;                     // sentences for people, markdown allowed
    std::string_view example = {};                // a value for the example file; empty: the default
    std::array<std::string_view, 3> aliases = {}; // environment variables known from elsewhere
    range allowed = range::any;
    white_space spaces = white_space::trimmed;
    bool has_file_twin = false;                  // as secrets have: "…_file" names a file that holds it
    std::optional<separation> separated_by = {}; // where items of this list hold what others are separated by
};

// What a name says of a setting: its value, or where that comes from.
enum class given : std::uint8_t
{
    value,
    file_name, // the value stands in this file
    command,   // the value is what this command prints
};

// What the names of its twins end with; row::takes() says whether a setting has them.
struct twin
{
    given gives;
    std::string_view path_end;     // "client_secret_file"
    std::string_view variable_end; // "OIDC_CLIENT_SECRET_FILE"
};
inline constexpr std::array<twin, 2> twins{
    {{given::file_name, "_file", "_FILE"}, {given::command, "_command", "_COMMAND"}}
};

struct row : description
{
    form kind;
    bool is_list = false;
    // Reads the value into the model. Returns why it could not, in words that do not repeat the value.
    std::optional<std::string> (*assign)(model& into, const raw_value& value, const description& about);
    // As `assign` takes it; a secret is never shown, only whether it is set.
    std::string (*print)(const model& from);

    bool is_secret() const { return kind.type == form_type::secret; }
    // Whether there is a name that gives this of it.
    bool takes(given what) const
    {
        return what == given::value || is_secret() || (what == given::file_name && has_file_twin);
    }
    std::string_view section() const { return path.substr(0, path.find('.')); }
    std::string_view name() const { return path.substr(path.find('.') + 1); }
};

struct section
{
    std::string_view name;
    std::string_view meaning;
};

// In the order of the reference; the rows of one section stand together.
std::span<const section> sections();
std::span<const row> table();

// The index in table() of a path, or of that of a twin; nullopt: no such setting.
std::optional<std::size_t> find_row(std::string_view path);
// The index of the row with this path, which must be there.
std::size_t row_of(std::string_view path);

// "OIDC_CLIENT_SECRET".
std::string environment_name(std::string_view path);

// "a duration such as …" or "pkce | code | implicit".
std::string expected_form(const row& of);

} // namespace sekisho::settings
