// SPDX-License-Identifier: Apache-2.0
#include "base/secret.hpp"
#include "support/catch.hpp"

#include <array>
#include <new>
#include <ostream>
#include <type_traits>

using namespace sekisho;

namespace
{

template <class T>
concept printable = requires(std::ostream& out, const T& value) { out << value; };

static_assert(printable<std::string>);
static_assert(!printable<secret>);
static_assert(!std::is_convertible_v<secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string, secret>);

// Whether the text stands anywhere in the memory.
template <std::size_t Size>
bool contains(const std::array<unsigned char, Size>& memory, std::string_view text)
{
    return std::string_view(reinterpret_cast<const char*>(memory.data()), Size).find(text) !=
           std::string_view::npos;
}

} // namespace

TEST_CASE("a secret gives its value only when asked", "[base]")
{
    const secret value("open sesame");
    CHECK(value.reveal() == "open sesame");
    CHECK(value.size() == 11);
    CHECK_FALSE(value.empty());
    CHECK(secret().empty());
}

TEST_CASE("a short secret leaves nothing behind where it lived", "[base]")
{
    alignas(secret) std::array<unsigned char, sizeof(secret)> memory{};
    auto* value = new (memory.data()) secret("short one");
    REQUIRE(contains(memory, "short one"));

    SECTION("when it dies")
    {
        value->~secret();
        CHECK_FALSE(contains(memory, "hort"));
    }
    SECTION("when it is moved away")
    {
        const auto other = std::move(*value);
        CHECK(other.reveal() == "short one");
        CHECK_FALSE(contains(memory, "hort"));
        value->~secret();
    }
    SECTION("when it is overwritten by a shorter one")
    {
        *value = secret("s");
        CHECK_FALSE(contains(memory, "hort"));
        value->~secret();
    }
    SECTION("when it is moved out by assignment")
    {
        secret other;
        other = std::move(*value);
        CHECK_FALSE(contains(memory, "hort"));
        value->~secret();
    }
}

TEST_CASE("secrets are copied and may be assigned to themselves", "[base]")
{
    secret value("a value that is too long to be kept inside");
    const auto& same = value;
    value = same;
    CHECK(value.reveal() == "a value that is too long to be kept inside");
    secret copy;
    copy = value;
    CHECK(copy.reveal() == value.reveal());
}

TEST_CASE("wiping overwrites memory", "[base]")
{
    std::array<unsigned char, 4> memory{1, 2, 3, 4};
    wipe(memory.data(), 3);
    CHECK(memory == std::array<unsigned char, 4>{0, 0, 0, 4});
}
