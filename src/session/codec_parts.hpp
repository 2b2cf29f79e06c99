// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the codecs of sessions, sign-ins, endings, summaries and shelves are made of: a version, then numbers
// and length-prefixed texts, so that no two values share a spelling.

#include "base/result.hpp"
#include "base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::session
{

class writer
{
public:
    // Kind and version in one byte: a sign-in never reads as a session. A changed layout takes a new one.
    explicit writer(char version) { out_.push_back(version); }

    // LEB128: seven bits a byte, the lowest first.
    void number(std::uint64_t value);
    void text(std::string_view value);
    void texts(const std::vector<std::string>& values);
    // 64 bits whatever the platform's time_t is; years before 1970 do not occur.
    void time(time_point value);
    std::size_t size() const noexcept { return out_.size(); }
    std::string finish();

private:
    std::string out_;
};

// Reads until the first fault and remembers where that was; from then on everything reads as empty. `what`
// lives forever (a literal).
class reader
{
public:
    static constexpr std::size_t usual_size = std::size_t{64} * 1024; // bytes; more never fits into cookies

    reader(std::string_view encoded, char version, std::size_t max_size = usual_size);

    // Each number has one spelling: no zero as the last of several bytes, no more than 64 bits.
    std::uint64_t number(std::string_view what);
    std::uint64_t number_below(std::uint64_t bound, std::string_view what);
    std::string text(std::string_view what);
    std::vector<std::string> texts(std::string_view what);
    time_point time(std::string_view what);

    bool has_failed() const noexcept { return !fault_.empty(); }
    // Whether all is read.
    bool is_at_end() const noexcept { return rest_.empty(); }

    // Also that nothing is left. Error: value_malformed, with where reading stopped.
    result<void> finish(std::string_view where);

    static constexpr std::uint64_t max_items = 8192; // of one list

private:
    std::uint64_t stop(std::string_view what);

    std::string_view rest_;
    std::string_view fault_; // the field where reading stopped; empty: none
};

} // namespace sekisho::session
