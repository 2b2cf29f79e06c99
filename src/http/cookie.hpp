// SPDX-License-Identifier: Apache-2.0
#pragma once
// Cookies of a request, read without copying, and cookies that we set (RFC 6265 and 6265bis).

#include "base/result.hpp"
#include "http/fields.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::http
{

// One pair of a Cookie field. A pair without "=" is a cookie without a name (RFC 6265bis, 5.8.3).
struct cookie
{
    std::string_view name; // may be empty
    std::string_view value;
    std::string_view text; // the pair as it was sent, without surrounding white space; never empty
};

// The cookies of one Cookie field, in order; pieces without any text are passed over. Tolerant, cannot fail.
class cookie_reader
{
public:
    explicit cookie_reader(std::string_view field_value) noexcept : rest_(field_value) {}
    // The next cookie; nullopt: there are no more.
    std::optional<cookie> next() noexcept;

private:
    std::string_view rest_;
};

// Calls visit(const cookie&) for the cookies of all Cookie fields.
template <class Visit>
void for_each_cookie(std::span<const field> fields, Visit&& visit)
{
    for (const field& each : fields)
    {
        if (!equal_names(each.name, "Cookie"))
            continue;
        cookie_reader reader(each.value);
        while (const std::optional<cookie> found = reader.next())
            visit(*found);
    }
}

// The value of the first cookie of exactly that name; nullopt: there is none.
std::optional<std::string_view> find_cookie(std::span<const field> fields, std::string_view name) noexcept;

// Writes a Cookie field's value without the cookies that `is_removed(const cookie&)` names, through
// write(std::string_view) called for consecutive pieces. Kept cookies keep their bytes. False: nothing is
// left, nothing was written, and the field is to be left out. Does not allocate.
template <class IsRemoved, class Write>
bool remove_cookies(std::string_view field_value, IsRemoved&& is_removed, Write&& write)
{
    bool is_written = false;
    const char* run_begin = nullptr; // neighbours that are kept leave in one piece
    const char* run_end = nullptr;
    const auto flush = [&]
    {
        if (run_begin == nullptr)
            return;
        if (is_written)
            write(std::string_view("; "));
        write(std::string_view(run_begin, static_cast<std::size_t>(run_end - run_begin)));
        is_written = true;
        run_begin = nullptr;
    };
    cookie_reader reader(field_value);
    while (const std::optional<cookie> found = reader.next())
    {
        if (is_removed(*found))
        {
            flush();
            continue;
        }
        if (run_begin == nullptr)
            run_begin = found->text.data();
        run_end = found->text.data() + found->text.size();
    }
    flush();
    return is_written;
}

enum class same_site : std::uint8_t
{
    unset, // the attribute is left out
    lax,
    strict,
    none,
};

// A cookie that we set.
struct set_cookie
{
    std::string name{};
    std::string value{};
    std::string path = "/";                        // empty: left out
    std::string domain{};                          // empty: this host only
    std::optional<std::chrono::seconds> max_age{}; // nullopt: until the browser closes; 0: delete
    bool secure = false;
    bool http_only = true;
    same_site site = same_site::lax;
    bool partitioned = false;
};

// Whether a cookie may have that name: a token (RFC 6265, 4.1.1).
bool is_cookie_name(std::string_view name) noexcept;
// Whether a cookie may have that value: cookie-octets, without quotes; may be empty (RFC 6265, 4.1.1).
bool is_cookie_value(std::string_view value) noexcept;

// Whether browsers will keep it: name, value, path and domain are well-formed and the rules of "__Secure-"
// and "__Host-" (RFC 6265bis, 4.1.3), SameSite=None and Partitioned hold. Error: value_malformed.
result<void> check(const set_cookie& cookie);

// The value of the Set-Cookie field. What a name prefix demands is written whatever the members say, since
// browsers silently drop a cookie, and a deletion, that breaks it. Precondition: name, value, path and domain
// are well-formed.
std::string to_text(const set_cookie& cookie);

// The same cookie, deleted: empty value, Max-Age=0, all other attributes kept.
set_cookie deletion_of(set_cookie cookie);

} // namespace sekisho::http
