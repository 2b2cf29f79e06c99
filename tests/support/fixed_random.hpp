// SPDX-License-Identifier: Apache-2.0
#pragma once
// "Random" bytes that count: 00 01 02 …, going on where the last call ended. Two calls differ, two runs do
// not.

#include "crypto/random.hpp"

namespace sekisho::test
{

class fixed_random final : public crypto::random_source
{
public:
    explicit fixed_random(unsigned char first = 0) : next_(first) {}

    void fill(std::span<std::byte> out) override
    {
        for (auto& each : out)
            each = static_cast<std::byte>(next_++);
        ++calls_;
    }

    std::size_t calls() const { return calls_; }

private:
    unsigned char next_;
    std::size_t calls_ = 0;
};

} // namespace sekisho::test
