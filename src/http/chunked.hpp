// SPDX-License-Identifier: Apache-2.0
#pragma once
// The chunked transfer coding, read from bytes as they arrive (RFC 9112, 7.1). Strict: every line ends with
// CRLF, sizes are plain hexadecimal digits, and nothing is forgiven that another reader could count
// differently.

#include "base/result.hpp"
#include "http/fields.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sekisho::http
{

class chunked_reader
{
public:
    struct piece
    {
        std::size_t used = 0;         // bytes taken from the front of what was given
        std::span<const char> data{}; // body bytes among them, the last of the used ones; empty: none yet
    };

    // Takes framing and the next bytes of one chunk. No data and not is_done(): call again with more bytes
    // behind the unused ones. Trailers are appended to `trailers`, at most `most_trailers`. Error:
    // value_malformed.
    result<piece>
    read(std::span<const char> arrived, std::vector<field>& trailers, std::size_t most_trailers);

    // The last chunk and its trailers have been read.
    bool is_done() const noexcept { return state_ == state::done; }

private:
    enum class state : std::uint8_t
    {
        size_line,
        data,
        data_end, // the CRLF behind a chunk
        trailers,
        done,
    };

    // How many bytes of framing were taken; 0: they have not all arrived.
    result<std::size_t>
    read_framing(std::string_view arrived, std::vector<field>& trailers, std::size_t most_trailers);
    result<std::size_t> read_size_line(std::string_view arrived);
    result<std::size_t> read_data_end(std::string_view arrived);
    result<std::size_t>
    read_trailers(std::string_view arrived, std::vector<field>& trailers, std::size_t most_trailers);

    state state_ = state::size_line;
    std::uint64_t left_ = 0; // of the chunk's data
};

} // namespace sekisho::http
