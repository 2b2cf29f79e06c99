// SPDX-License-Identifier: Apache-2.0
#pragma once
// Beast's HTTP/1.1 parser with the message as views into the caller's bytes: nothing is copied or allocated. What the
// parser forgives is refused before it sees a head (http/head_check, http/framing).

#include "base/result.hpp"
#include "http/framing.hpp"
#include "http/head.hpp"

#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include <boost/beast/http/basic_parser.hpp>

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

// One message. Errors have the code request_malformed or upstream_protocol_error.
template <bool is_request>
class http1_parser final : private boost::beast::http::basic_parser<is_request>
{
    using base = boost::beast::http::basic_parser<is_request>;
    using error_code = boost::beast::error_code;
    using string_view = boost::beast::string_view;

public:
    explicit http1_parser(parsed_fields& fields, std::size_t most_fields) : fields_(fields), most_fields_(most_fields)
    {
        fields_.clear();
        this->header_limit((std::numeric_limits<std::uint32_t>::max)());
        this->body_limit(boost::none);
        this->eager(true);
    }

    // A whole head, up to and with its empty line; it must have passed http::check_request_head or
    // check_response_head. Then body() reads what follows. Its memory must stay until the message is done with.
    result<void> read_head(std::string_view head)
    {
        error_code failure;
        this->put({head.data(), head.size()}, failure);
        if (failure)
            return fail(too_many_ ? too_large : malformed, "http1.head", failure.message());
        this->eager(false);
        return {};
    }

    // For the answer to a HEAD request: there is no body whatever the head says. Before read_head().
    void expect_no_body() { this->skip(true); }

    std::string_view method() const noexcept { return first_; }
    std::string_view target() const noexcept { return second_; }
    std::string_view reason() const noexcept { return first_; }
    int status() const noexcept { return status_; }
    int version() const noexcept { return version_; }

    struct piece
    {
        std::size_t used = 0;         // bytes taken from what was given
        std::span<const char> data{}; // body bytes among them; empty: none yet
    };

    // Takes the next piece of the body from the bytes that have arrived. Nothing used and no data: more bytes are
    // needed in front of these.
    result<piece> body(std::span<const char> arrived)
    {
        piece_ = {};
        std::size_t used = 0;
        while (!this->is_done() && piece_.empty() && used < arrived.size())
        {
            error_code failure;
            used += this->put({arrived.data() + used, arrived.size() - used}, failure);
            if (failure == boost::beast::http::error::need_more)
                break;
            if (failure)
                return fail(malformed, "http1.body", failure.message());
        }
        return piece{used, piece_};
    }

    // The peer has ended its half. Error: when that cuts the message short.
    result<void> end()
    {
        error_code failure;
        this->put_eof(failure);
        if (failure)
            return fail(malformed, "http1.body", failure.message());
        return {};
    }

    bool is_done() const { return base::is_done(); }
    bool is_chunked() const { return this->chunked(); }

private:
    static constexpr errc malformed = is_request ? errc::request_malformed : errc::upstream_protocol_error;
    static constexpr errc too_large = is_request ? errc::request_head_too_large : errc::upstream_protocol_error;

    static std::string_view plain(string_view text) noexcept { return {text.data(), text.size()}; }

    void on_request_impl(boost::beast::http::verb, string_view method, string_view target, int version, error_code&) override
    {
        first_ = plain(method);
        second_ = plain(target);
        version_ = version;
    }
    void on_response_impl(int status, string_view reason, int version, error_code&) override
    {
        first_ = plain(reason);
        status_ = status;
        version_ = version;
    }
    void on_field_impl(boost::beast::http::field, string_view name, string_view value, error_code& failure) override
    {
        auto& list = in_trailers_ ? fields_.trailers : fields_.head;
        if (list.size() >= most_fields_)
        {
            too_many_ = true;
            failure = boost::beast::http::error::header_limit;
            return;
        }
        list.push_back({plain(name), plain(value)});
    }
    void on_header_impl(error_code&) override { in_trailers_ = true; }
    void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
    std::size_t on_body_impl(string_view body, error_code&) override
    {
        piece_ = {body.data(), body.size()};
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code&) override
    {
        piece_ = {body.data(), body.size()};
        return body.size();
    }
    void on_finish_impl(error_code&) override {}

    parsed_fields& fields_;
    std::size_t most_fields_;
    std::string_view first_;
    std::string_view second_;
    std::span<const char> piece_;
    int status_ = 0;
    int version_ = 11;
    bool in_trailers_ = false;
    bool too_many_ = false;
};

// Where a head ends (behind its empty line) in these bytes; npos: it has not all arrived. `seen` bytes were looked at
// before.
inline std::size_t find_head_end(std::string_view arrived, std::size_t seen) noexcept
{
    const auto at = arrived.find("\r\n\r\n", seen < 3 ? 0 : seen - 3);
    return at == std::string_view::npos ? at : at + 4;
}

} // namespace sekisho::net
