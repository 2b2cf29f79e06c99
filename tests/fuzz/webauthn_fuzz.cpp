// link: emergency
// SPDX-License-Identifier: Apache-2.0
// What an authenticator says, from anywhere: as authenticator data, as a key, and as an answer to a
// registration. Whatever is accepted keeps its bounds, and nothing that was not signed signs in.
#include "emergency/ceremony.hpp"

#include <cstdint>
#include <cstdlib>
#include <span>

using namespace sekisho;
using namespace sekisho::emergency;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto view = std::as_bytes(std::span(data, size));
    if (const auto read = parse_authenticator_data(view); read && read->credential)
        if (read->credential->id.empty() || read->credential->id.size() > 1023)
            std::abort();
    cbor_reader from(view);
    auto key = read_cose_key(from);
    if (key && !crypto::goes_with(key->alg, key->key.kind()))
        std::abort();

    const expected_ceremony expected{"https://app.example.com", "app.example.com", "the-challenge"};
    constexpr std::string_view honest =
        R"({"type":"webauthn.create","challenge":"the-challenge","origin":"https://app.example.com"})";
    const auto said = as_bytes(honest);
    const registration answer{bytes(said.begin(), said.end()), bytes(view.begin(), view.end())};
    if (const auto made = check_registration(answer, expected); made && made->id.empty())
        std::abort();
    const registration other{bytes(view.begin(), view.end()), {}};
    if (check_registration(other, expected))
        std::abort();
    if (key)
    {
        const passkey known{.id = {std::byte{1}}, .key = std::move(*key)};
        const assertion forged{
            known.id, answer.client_data, bytes(view.begin(), view.end()), answer.attestation, std::nullopt
        };
        if (check_assertion(forged, known, {}, expected))
            std::abort();
    }
    return 0;
}
