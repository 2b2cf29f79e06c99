// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.hpp"
#include "crypto/seal.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

using namespace sekisho;
using namespace sekisho::crypto;

namespace
{

const secret first("0123456789abcdef0123456789abcdef");
const secret second("another secret, which is longer than thirty-two bytes");

key_ring ring(std::string_view purpose = "session") { return key_ring({first}, purpose); }

// The system's randomness, and what it gave last.
class remembering_random final : public random_source
{
public:
    std::size_t calls = 0;
    bytes last;

    void fill(std::span<std::byte> out) override
    {
        system_random().fill(out);
        last.assign(out.begin(), out.end());
        ++calls;
    }
};

std::string reencoded(const bytes& data) { return base64url_encode(data); }

} // namespace

TEST_CASE("what is sealed opens again, whatever it holds", "[crypto]")
{
    const auto size = GENERATE(0U, 1U, 2U, 15U, 16U, 17U, 4096U);
    const std::string plain(size, '\xfe');
    const auto sealed = ring().seal(plain, "cookie", system_random());
    CHECK(sealed.size() == key_ring::sealed_size(size));
    const auto opened = ring().open(sealed, "cookie");
    REQUIRE(opened);
    CHECK(*opened == plain);
}

TEST_CASE("sealing and opening may take turns on one thread, refusals between them", "[crypto]")
{
    const auto keys = ring();
    const auto one = keys.seal("one", "a", system_random());
    CHECK_FALSE(keys.open(one, "b"));
    const auto two = keys.seal("two", "b", system_random());
    CHECK(keys.open(one, "a").value() == "one");
    CHECK_FALSE(keys.open(two, "a"));
    CHECK(keys.open(two, "b").value() == "two");
    CHECK(keys.open(one, "a").value() == "one");
}

TEST_CASE(
    "CVE-2021-32791: each seal has a nonce of its own, which is what the random source gives", "[crypto]"
)
{
    remembering_random random;
    const auto keys = ring();
    for (std::size_t count = 1; count <= 1000; ++count)
    {
        const auto sealed = base64url_decode(keys.seal("same", "cookie", random)).value();
        REQUIRE(random.calls == count);
        REQUIRE(random.last.size() == 12);
        REQUIRE(std::ranges::equal(byte_view(sealed).subspan(5, 12), random.last));
    }
}

TEST_CASE("CVE-2021-32791: of 2^20 nonces none comes twice", "[crypto]")
{
    // By their first eight bytes: by chance two would be alike once in 30 million runs.
    constexpr std::size_t places = std::size_t{1} << 22U;
    std::vector<std::uint64_t> table(places);
    auto* const seen = table.data(); // a million times: without the checks of a vector
    constexpr std::size_t size = 12;
    std::array<std::byte, 64 * size> several{}; // each draw takes a microsecond, whatever its size
    std::size_t repeated = 0;
    for (std::size_t count = 0; count < std::size_t{1} << 20U; ++count)
    {
        const auto at = count % 64 * size;
        if (at == 0)
            system_random().fill(several);
        std::uint64_t number = 0;
        std::memcpy(&number, several.data() + at, sizeof number);
        auto place = number % places;
        while (seen[place] != 0 && seen[place] != number)
            place = (place + 1) % places;
        repeated += seen[place] == number ? 1U : 0U;
        seen[place] = number;
    }
    CHECK(repeated == 0);
}

TEST_CASE("CVE-2026-47775: every change of any byte is refused with one and the same error", "[crypto]")
{
    const auto sealed = base64url_decode(ring().seal("the text", "cookie", system_random())).value();
    const auto reference = ring().open("", "cookie");
    REQUIRE_FALSE(reference);
    for (std::size_t index = 0; index < sealed.size(); ++index)
        for (const auto flip : {0x01, 0x80})
        {
            auto changed = sealed;
            changed[index] ^= static_cast<std::byte>(flip);
            const auto opened = ring().open(reencoded(changed), "cookie");
            REQUIRE_FALSE(opened);
            CHECK(opened.error().code == reference.error().code);
            CHECK(opened.error().detail == reference.error().detail);
        }
    CHECK(ring().open(reencoded(sealed), "cookie").value() == "the text");
}

TEST_CASE("a sealed text that is cut or continued is refused", "[crypto]")
{
    const auto sealed = ring().seal("the text", "cookie", system_random());
    for (std::size_t size = 0; size < sealed.size(); ++size)
        CHECK_FALSE(ring().open(sealed.substr(0, size), "cookie"));
    CHECK_FALSE(ring().open(sealed + "AAAA", "cookie"));
    CHECK_FALSE(ring().open(sealed + "=", "cookie"));
}

TEST_CASE("CVE-2024-47616: what is sealed for one purpose does not open for another", "[crypto]")
{
    const auto sealed = ring("session").seal("x", "cookie", system_random());
    CHECK(ring("session").open(sealed, "cookie"));
    CHECK_FALSE(ring("sign_in").open(sealed, "cookie"));
}

TEST_CASE("CVE-2023-35941: bytes moved from one authenticated field to its neighbour are refused", "[crypto]")
{
    const auto sealed = ring("session").seal("bcd", "a", system_random());
    CHECK(ring("session").open(sealed, "a"));
    CHECK_FALSE(ring("session").open(sealed, "ab"));
    CHECK_FALSE(ring("session").open(sealed, ""));
    CHECK_FALSE(ring("sessio").open(ring("session").seal("x", "a", system_random()), "na"));
    CHECK_FALSE(ring("sessiona").open(ring("session").seal("x", "a", system_random()), ""));
}

TEST_CASE("a ring opens what its older secrets sealed and seals with the first", "[crypto]")
{
    const auto old = key_ring({first}, "session").seal("old", "c", system_random());
    const key_ring rotated({second, first}, "session");
    CHECK(rotated.open(old, "c").value() == "old");
    const auto fresh = rotated.seal("fresh", "c", system_random());
    CHECK(key_ring({second}, "session").open(fresh, "c").value() == "fresh");
    CHECK_FALSE(key_ring({first}, "session").open(fresh, "c"));
}

TEST_CASE("the key id is neither the secret's hash nor the same for two purposes", "[crypto]")
{
    const auto id = [](const key_ring& keys)
    {
        return hex_encode(
            byte_view(base64url_decode(keys.seal("", "", system_random())).value()).subspan(1, 4)
        );
    };
    CHECK(id(ring("session")) == id(ring("session")));
    CHECK(id(ring("session")) != id(ring("sign_in")));
    CHECK(id(ring()) != hex_encode(hash(digest::sha256, as_bytes(first.reveal()))).substr(0, 8));
}

TEST_CASE("a ring without a secret, or with an empty one, is not made", "[crypto]")
{
    CHECK_THROWS_AS(key_ring({}, "session"), std::invalid_argument);
    CHECK_THROWS_AS(key_ring({first, secret()}, "session"), std::invalid_argument);
}

TEST_CASE("rings can be copied, moved and assigned", "[crypto]")
{
    const auto sealed = ring().seal("x", "c", system_random());
    key_ring other({second}, "elsewhere");
    CHECK_FALSE(other.open(sealed, "c"));
    const auto original = ring();
    other = original;
    CHECK(other.open(sealed, "c"));
    auto moved = std::move(other);
    CHECK(moved.open(sealed, "c"));
    CHECK(original.open(sealed, "c"));
}
