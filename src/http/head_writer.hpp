// SPDX-License-Identifier: Apache-2.0
#pragma once
// Writes the head of a message into memory of the caller, in one piece and without allocation.

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace sekisho::http
{

// Appends to a fixed piece of memory. When something does not fit, that and everything after it is left out
// and overflowed() says so. Checks nothing: values must have passed is_field_value.
class flat_writer
{
public:
    explicit flat_writer(std::span<char> memory) noexcept
        : begin_(memory.data()), at_(memory.data()), end_(memory.data() + memory.size())
    {
    }

    void put(std::string_view text) noexcept
    {
        if (char* to = reserve(text.size()); to != nullptr && !text.empty())
            std::memcpy(to, text.data(), text.size());
    }

    void put(char character) noexcept
    {
        if (char* to = reserve(1); to != nullptr)
            *to = character;
    }

    void number(std::uint64_t value) noexcept
    {
        char digits[20];
        const auto written = std::to_chars(digits, digits + sizeof digits, value);
        put(std::string_view(digits, static_cast<std::size_t>(written.ptr - digits)));
    }

    // "GET /path HTTP/1.1"
    void request_line(std::string_view method, std::string_view target) noexcept
    {
        constexpr std::string_view rest = " HTTP/1.1\r\n";
        if (char* to = reserve(method.size() + 1 + target.size() + rest.size()); to != nullptr)
        {
            to = copy(to, method);
            *to++ = ' ';
            copy(copy(to, target), rest);
        }
    }

    // "HTTP/1.1 200 OK"; `status` has three digits.
    void status_line(int status, std::string_view reason) noexcept
    {
        put(std::string_view("HTTP/1.1 "));
        number(static_cast<std::uint64_t>(status));
        put(' ');
        put(reason);
        put(std::string_view("\r\n"));
    }

    void field(std::string_view name, std::string_view value) noexcept
    {
        if (char* to = reserve(name.size() + value.size() + 4); to != nullptr)
        {
            to = copy(to, name);
            *to++ = ':';
            *to++ = ' ';
            to = copy(to, value);
            *to++ = '\r';
            *to = '\n';
        }
    }

    void field(std::string_view name, std::uint64_t value) noexcept
    {
        begin_field(name);
        number(value);
        end_field();
    }

    // A field whose value is put in pieces.
    void begin_field(std::string_view name) noexcept
    {
        put(name);
        put(std::string_view(": "));
    }
    void end_field() noexcept { put(std::string_view("\r\n")); }

    // The empty line.
    void end_head() noexcept { put(std::string_view("\r\n")); }

    bool overflowed() const noexcept { return overflowed_; }
    std::size_t size() const noexcept { return static_cast<std::size_t>(at_ - begin_); }
    std::string_view text() const noexcept { return {begin_, size()}; }

    // A place to come back to, so that a field can be taken back.
    using mark = char*;
    mark here() const noexcept { return at_; }
    // Forgets everything after `place`; an overflow stays one.
    void go_back(mark place) noexcept { at_ = place; }

private:
    static char* copy(char* to, std::string_view text) noexcept
    {
        if (!text.empty())
            std::memcpy(to, text.data(), text.size());
        return to + text.size();
    }

    // nullptr: does not fit, and nothing will from now on.
    char* reserve(std::size_t size) noexcept
    {
        if (overflowed_ || size > static_cast<std::size_t>(end_ - at_))
        {
            overflowed_ = true;
            return nullptr;
        }
        char* place = at_;
        at_ += size;
        return place;
    }

    char* begin_;
    char* at_;
    char* end_;
    bool overflowed_ = false;
};

} // namespace sekisho::http
