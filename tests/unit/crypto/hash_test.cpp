// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::crypto;

namespace
{

std::string repeated(std::size_t count, unsigned char value)
{
    return std::string(count, static_cast<char>(value));
}

std::string counted(unsigned char first, std::size_t count)
{
    std::string out;
    for (std::size_t index = 0; index < count; ++index)
        out.push_back(static_cast<char>(first + index));
    return out;
}

} // namespace

TEST_CASE("digests are those of FIPS 180-4's example", "[crypto]")
{
    auto [algorithm, expected] = GENERATE(table<digest, std::string>({
        {digest::sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {digest::sha384,
         "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"},
        {digest::sha512,
         "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454"
         "d4423643ce8"
         "0e2a9ac94fa54ca49f"},
    }));
    CHECK(hex_encode(hash(algorithm, as_bytes("abc"))) == expected);
}

TEST_CASE("HMAC gives what RFC 4231 prints", "[crypto]")
{
    auto [section, algorithm, key, data, expected] =
        GENERATE(table<std::string, digest, std::string, std::string, std::string>({
            {"4.2",
             digest::sha256,
             repeated(20, 0x0b),
             "Hi There",
             "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
            {"4.3",
             digest::sha256,
             "Jefe",
             "what do ya want for nothing?",
             "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
            {"4.3",
             digest::sha384,
             "Jefe",
             "what do ya want for nothing?",
             "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab2164"
             "9"},
            {"4.3",
             digest::sha512,
             "Jefe",
             "what do ya want for nothing?",
             "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6f"
             "dcaeab1a34d"
             "4a6b4b636e070a38bce737"},
            {"4.7, a key longer than the block",
             digest::sha256,
             repeated(131, 0xaa),
             "Test Using Larger Than Block-Size Key - Hash Key First",
             "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        }));
    INFO(section);
    CHECK(hex_encode(hmac(algorithm, as_bytes(key), as_bytes(data))) == expected);
}

TEST_CASE("HKDF gives the first block of what RFC 5869 prints", "[crypto]")
{
    auto [section, secret, salt, info, expected] =
        GENERATE(table<std::string, std::string, std::string, std::string, std::string>({
            {"A.1",
             repeated(22, 0x0b),
             counted(0x00, 13),
             counted(0xf0, 10),
             "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"},
            {"A.2",
             counted(0x00, 80),
             counted(0x60, 80),
             counted(0xb0, 80),
             "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"},
            {"A.3, no salt",
             repeated(22, 0x0b),
             "",
             "",
             "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"},
        }));
    INFO(section);
    CHECK(hex_encode(derive_key(as_bytes(secret), salt, info)) == expected);
}

TEST_CASE("comparison in constant time knows equal from different", "[crypto]")
{
    CHECK(equal_in_constant_time(as_bytes("same"), as_bytes("same")));
    CHECK(equal_in_constant_time({}, {}));
    CHECK_FALSE(equal_in_constant_time(as_bytes("same"), as_bytes("samf")));
    CHECK_FALSE(equal_in_constant_time(as_bytes("same"), as_bytes("sam")));
    CHECK_FALSE(equal_in_constant_time(as_bytes(""), as_bytes("a")));
}
