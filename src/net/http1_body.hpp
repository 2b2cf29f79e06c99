// SPDX-License-Identifier: Apache-2.0
#pragma once
// One HTTP/1.1 message as views into the caller's bytes: its head in one pass, its body piece by piece.
// Nothing is copied or allocated. All rules are those of http/head_reader, http/framing and http/chunked.

#include "base/result.hpp"
#include "http/chunked.hpp"
#include "http/framing.hpp"
#include "http/head.hpp"
#include "http/head_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace sekisho::net
{

// Where a parser puts what it finds; kept by the connection so that its memory is used again.
struct parsed_fields
{
    std::vector<http::field> head;
    std::vector<http::field> trailers;

    void clear() noexcept
    {
        head.clear();
        trailers.clear();
    }
};

// The part of a message behind its head. Errors are value_malformed.
class http1_body
{
public:
    http1_body() = default; // none
    explicit http1_body(const http::framing& by) noexcept : framing_(by) {}

    using piece = http::chunked_reader::piece;

    // Takes the next piece of the body from the bytes that have arrived. No data and not is_done(): more
    // bytes are needed behind the unused ones.
    result<piece> read(std::span<const char> arrived, parsed_fields& fields, std::size_t most_trailers)
    {
        if (framing_.kind == http::framing_kind::chunked)
            return chunks_.read(arrived, fields.trailers, most_trailers);
        auto taken = arrived;
        if (framing_.kind == http::framing_kind::length)
            taken = arrived.first(
                static_cast<std::size_t>(std::min<std::uint64_t>(framing_.length, arrived.size()))
            );
        if (framing_.kind == http::framing_kind::length)
            framing_.length -= taken.size();
        return piece{taken.size(), taken};
    }

    // Whether read() would give data, the end or an error without further bytes.
    bool has_next(std::span<const char> arrived) const
    {
        if (framing_.kind != http::framing_kind::chunked)
            return is_done() || !arrived.empty();
        auto ahead = chunks_;
        std::vector<http::field> none;
        const auto next = ahead.read(arrived, none, 0); // trailers are an error here: an answer all the same
        return !next || !next->data.empty() || ahead.is_done();
    }

    // The peer has ended its half: complete only where that is how a body ends.
    void end() noexcept { has_ended_ = true; }

    bool is_done() const noexcept
    {
        switch (framing_.kind)
        {
        case http::framing_kind::length:
            return framing_.length == 0;
        case http::framing_kind::chunked:
            return chunks_.is_done();
        case http::framing_kind::until_close:
            return has_ended_;
        case http::framing_kind::none:
            break;
        }
        return true;
    }

private:
    http::framing framing_; // its length counts down
    http::chunked_reader chunks_;
    bool has_ended_ = false;
};

// Where a head ends (behind its empty line) in these bytes; npos: it has not all arrived. `seen` bytes were
// looked at before.
inline std::size_t find_head_end(std::string_view arrived, std::size_t seen) noexcept
{
    const auto at = arrived.find("\r\n\r\n", seen < 3 ? 0 : seen - 3);
    return at == std::string_view::npos ? at : at + 4;
}

} // namespace sekisho::net
