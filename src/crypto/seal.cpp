// SPDX-License-Identifier: Apache-2.0
#include "crypto/seal.hpp"

#include "base/encoding.hpp"
#include "crypto/handles.hpp"
#include "crypto/hash.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <stdexcept>

namespace sekisho::crypto
{
namespace
{

constexpr std::byte version{1};
constexpr std::size_t id_size = 4;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::size_t head_size = 1 + id_size + nonce_size;
constexpr std::string_view salt = "sekisho seal";

// Made once per thread: the cipher is looked up once, and a context keeps its memory between uses.
EVP_CIPHER_CTX& context()
{
    thread_local const evp_cipher cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
    thread_local const evp_cipher_context made(
        []
        {
            evp_cipher_context fresh(EVP_CIPHER_CTX_new());
            if (!fresh || EVP_CipherInit_ex2(fresh.get(), cipher.get(), nullptr, nullptr, 1, nullptr) != 1)
                throw std::runtime_error("OpenSSL has no AES-256-GCM");
            return fresh;
        }()
    );
    return *made;
}

const unsigned char* raw(byte_view data) { return reinterpret_cast<const unsigned char*>(data.data()); }
unsigned char* raw(std::span<std::byte> data) { return reinterpret_cast<unsigned char*>(data.data()); }

// Without a place for the outcome: authenticated only.
bool update(EVP_CIPHER_CTX& cipher, unsigned char* out, byte_view in)
{
    int size = 0;
    return in.empty() || EVP_CipherUpdate(&cipher, out, &size, raw(in), static_cast<int>(in.size())) == 1;
}

// The length before each text, so that no byte can move from one to its neighbour (CVE-2023-35941).
bool authenticate_text(EVP_CIPHER_CTX& cipher, std::string_view text)
{
    std::array<std::byte, 8> length{};
    for (std::size_t index = 0; index < length.size(); ++index)
        length.at(index) = static_cast<std::byte>(std::uint64_t{text.size()} >> (8 * index));
    return update(cipher, nullptr, length) && update(cipher, nullptr, as_bytes(text));
}

// The end of the text; GCM has nothing left to write here.
bool finish(EVP_CIPHER_CTX& cipher)
{
    std::array<unsigned char, EVP_MAX_BLOCK_LENGTH> nothing{};
    int size = 0;
    return EVP_CipherFinal_ex(&cipher, nothing.data(), &size) == 1;
}

bool tag_control(EVP_CIPHER_CTX& cipher, int control, std::span<std::byte> tag)
{
    return EVP_CIPHER_CTX_ctrl(&cipher, control, static_cast<int>(tag.size()), tag.data()) == 1;
}

enum class direction
{
    open,
    seal,
};

// Ready for the text itself: key, nonce and everything that is authenticated beside it.
bool begin(
    EVP_CIPHER_CTX& cipher,
    direction which,
    const std::array<std::byte, 32>& key,
    byte_view head,
    std::string_view purpose,
    std::string_view bound_to
)
{
    const auto nonce = head.last(nonce_size);
    const int encrypt = which == direction::seal ? 1 : 0;
    if (EVP_CipherInit_ex2(&cipher, nullptr, raw(key), raw(nonce), encrypt, nullptr) != 1)
        return false;
    return update(cipher, nullptr, head.first(1 + id_size)) && authenticate_text(cipher, purpose) &&
           authenticate_text(cipher, bound_to);
}

std::unexpected<error> refused()
{
    ERR_clear_error();
    return fail(
        errc::value_malformed, "seal", "not sealed by one of these keys for this use, or changed since"
    );
}

} // namespace

key_ring::key_ring(const std::vector<secret>& secrets, std::string_view purpose) : purpose_(purpose)
{
    if (secrets.empty())
        throw std::invalid_argument("key_ring: no secret");
    entries_.reserve(secrets.size()); // growing would leave keys in freed memory
    for (const auto& each : secrets)
    {
        if (each.empty())
            throw std::invalid_argument("key_ring: an empty secret");
        const auto material = as_bytes(each.reveal());
        entry made{derive_key(material, salt, "key " + purpose_), {}};
        const auto id = derive_key(material, salt, "id " + purpose_);
        std::copy_n(id.begin(), id_size, made.id.begin());
        entries_.push_back(made);
        wipe(made.key.data(), made.key.size());
    }
}

key_ring::~key_ring()
{
    for (auto& each : entries_)
        wipe(each.key.data(), each.key.size());
}

key_ring::key_ring(const key_ring&) = default;
key_ring::key_ring(key_ring&&) noexcept = default;

key_ring& key_ring::operator=(const key_ring& other)
{
    auto copy = other;
    return *this = std::move(copy);
}

key_ring& key_ring::operator=(key_ring&& other) noexcept
{
    entries_.swap(other.entries_); // the other one wipes what was ours
    purpose_.swap(other.purpose_);
    return *this;
}

std::string key_ring::seal(std::string_view plain, std::string_view bound_to, random_source& random) const
{
    const auto& current = entries_.front();
    bytes out(head_size + plain.size() + tag_size);
    const auto head = std::span(out).first(head_size);
    head[0] = version;
    std::ranges::copy(current.id, head.begin() + 1);
    random.fill(head.last(nonce_size));
    auto& cipher = context();
    const auto worked = begin(cipher, direction::seal, current.key, head, purpose_, bound_to) &&
                        update(cipher, raw(std::span(out).subspan(head_size)), as_bytes(plain)) &&
                        finish(cipher) &&
                        tag_control(cipher, EVP_CTRL_AEAD_GET_TAG, std::span(out).last(tag_size));
    if (!worked)
        throw std::runtime_error("AES-256-GCM failed to seal");
    return base64url_encode(out);
}

result<std::string> key_ring::open(std::string_view sealed, std::string_view bound_to) const
{
    auto decoded = base64url_decode(sealed);
    if (!decoded || decoded->size() < head_size + tag_size || decoded->front() != version)
        return refused();
    const auto all = std::span(*decoded);
    const auto head = all.first(head_size);
    const auto id = head.subspan(1, id_size);
    const auto found =
        std::ranges::find_if(entries_, [&](const entry& each) { return std::ranges::equal(each.id, id); });
    // With no key of that id the current one does the same work and fails.
    const auto& used = found == entries_.end() ? entries_.front() : *found;
    const auto text = all.subspan(head_size, all.size() - head_size - tag_size);
    auto& cipher = context();
    const auto worked = begin(cipher, direction::open, used.key, head, purpose_, bound_to) &&
                        update(cipher, raw(text), text) &&
                        tag_control(cipher, EVP_CTRL_AEAD_SET_TAG, all.last(tag_size)) && finish(cipher);
    auto plain = worked ? result<std::string>(as_text(text)) : refused();
    wipe(decoded->data(), decoded->size()); // also what a refused text was deciphered to
    return plain;
}

std::size_t key_ring::sealed_size(std::size_t plain_size) noexcept
{
    const auto size = head_size + plain_size + tag_size;
    return (size * 4 + 2) / 3;
}

} // namespace sekisho::crypto
