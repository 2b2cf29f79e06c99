// SPDX-License-Identifier: Apache-2.0
#pragma once
// The elements of Forwarded fields (RFC 7239, 4) and the nodes they and X-Forwarded-For name.

#include "http/address.hpp"
#include "http/fields.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace sekisho::http
{

// One element, its quotes taken off; empty: not given. Views the field.
struct forwarded_element
{
    std::string_view node; // for=
    std::string_view proto;
    std::string_view host;
};

// The last elements of all Forwarded fields in order. Empty when any of them is not well-formed: what cannot
// be read with certainty is not believed at all.
class forwarded_chain
{
public:
    explicit forwarded_chain(std::span<const field> fields) noexcept;
    std::span<const forwarded_element> elements() const noexcept { return std::span(elements_).first(size_); }

private:
    bool read(std::string_view value) noexcept;
    void append(const forwarded_element& element) noexcept;

    std::array<forwarded_element, 32> elements_{}; // more hops than that are not walked
    std::size_t size_ = 0;
};

// "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]" or "[2001:db8::1]:80". nullopt: anything else,
// such as "unknown" and "_hidden" (RFC 7239, 6).
std::optional<address> read_node(std::string_view text) noexcept;

} // namespace sekisho::http
