// SPDX-License-Identifier: Apache-2.0
#pragma once
// Header fields as views into somebody's buffer. Names compare without case (RFC 9110, 5.1).

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::http
{

struct field
{
    std::string_view name;
    std::string_view value; // without surrounding white space
};

bool equal_names(std::string_view left, std::string_view right) noexcept;

// The first field of that name; nullopt: there is none.
std::optional<std::string_view> find(std::span<const field> fields, std::string_view name) noexcept;
std::size_t count(std::span<const field> fields, std::string_view name) noexcept;

// Whether a comma-separated list (RFC 9110, 5.6.1) over all fields of that name has this token, without case.
bool has_token(std::span<const field> fields, std::string_view name, std::string_view token) noexcept;
// The same for one value.
bool has_token(std::string_view list, std::string_view token) noexcept;

// Without surrounding spaces and tabs (RFC 9110, 5.6.3: OWS).
std::string_view trimmed(std::string_view text) noexcept;

// The elements of a comma-separated list without quoted strings (RFC 9110, 5.6.1), trimmed. Empty ones are
// left out.
class list_reader
{
public:
    explicit list_reader(std::string_view list) noexcept : rest_(list) {}
    // nullopt: there are no more.
    std::optional<std::string_view> next() noexcept;
    // The same from the right.
    std::optional<std::string_view> last() noexcept;

private:
    std::string_view rest_;
};

// RFC 9110, 5.6.2: a non-empty token.
bool is_token(std::string_view text) noexcept;
// Whether a field may carry it: no CR, LF, NUL or other control but HT (RFC 9110, 5.5).
bool is_field_value(std::string_view text) noexcept;

// Fields that own their text, for answers we write ourselves.
using owned_fields = std::vector<std::pair<std::string, std::string>>;

} // namespace sekisho::http
