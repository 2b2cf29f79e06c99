// SPDX-License-Identifier: Apache-2.0
#pragma once
// CBOR (RFC 8949) as authenticators write it (CTAP 2.1, 8): definite lengths, shortest numbers, few levels. A
// library's reader takes more, and not the numbers that COSE has for names.

#include "base/encoding.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sekisho::emergency
{

// Reads one item after another. Views point into what was given. Error of every read: value_malformed.
class cbor_reader
{
public:
    explicit cbor_reader(byte_view data) noexcept : data_(data), size_(data.size()) {}

    bool is_at_end() const noexcept { return data_.empty(); }
    std::size_t position() const noexcept { return size_ - data_.size(); }

    result<std::int64_t> integer(); // of either sign
    result<byte_view> octets();
    result<std::string_view> text(); // well-formed UTF-8
    result<std::size_t> map();       // how many pairs follow; at most 32
    bool is_integer_next() const noexcept;
    // Passes over one item, whatever it is; four levels at most.
    result<void> pass_over();

private:
    struct head
    {
        unsigned kind = 0; // the major type
        std::uint64_t argument = 0;
    };
    result<head> next();
    result<head> expect(unsigned kind, std::string_view what);
    result<byte_view> take(std::uint64_t size);
    result<void> skip_within(int levels);

    byte_view data_;
    std::size_t size_;
};

} // namespace sekisho::emergency
