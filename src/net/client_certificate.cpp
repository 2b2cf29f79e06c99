// SPDX-License-Identifier: Apache-2.0
#include "net/client_certificate.hpp"

#include "base/log.hpp"
#include "base/secret.hpp"
#include "net/tls.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string_view>
#include <sys/stat.h>
#include <utility>

namespace sekisho::net
{
namespace
{

struct bio_deleter
{
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};
struct x509_deleter
{
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
};
struct chain_deleter
{
    void operator()(STACK_OF(X509) * chain) const noexcept { sk_X509_pop_free(chain, X509_free); }
};
struct key_deleter
{
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
using bio_handle = std::unique_ptr<BIO, bio_deleter>;
using x509_handle = std::unique_ptr<X509, x509_deleter>;
using chain_handle = std::unique_ptr<STACK_OF(X509), chain_deleter>;
using key_handle = std::unique_ptr<EVP_PKEY, key_deleter>;

// What tells a file from the one that was there before: a renamed or relinked one has another inode.
struct file_version
{
    dev_t device = 0;
    ino_t inode = 0;
    off_t size = 0;
    std::array<long, 2> changed{};
    friend bool operator==(const file_version&, const file_version&) = default;
};

file_version version_of(const std::string& name)
{
    struct stat found{};
    if (::stat(name.c_str(), &found) != 0)
        return {};
    return {found.st_dev, found.st_ino, found.st_size, {found.st_mtim.tv_sec, found.st_mtim.tv_nsec}};
}

const std::string& key_file(const client_certificate_files& files)
{
    return files.key.empty() ? files.certificate : files.key;
}

std::unexpected<error> refused(std::string_view where, const std::string& file, std::string_view reason)
{
    ERR_clear_error();
    return fail(errc::value_malformed, where, std::string("\"").append(file).append("\" ").append(reason));
}

result<secret> read_file(const std::string& name, std::string_view where)
{
    errno = 0;
    std::ifstream stream(name, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream || text.empty())
        return refused(
            where, name, errno != 0 ? std::string("cannot be read: ") + std::strerror(errno) : "is empty"
        );
    return secret(std::move(text));
}

bio_handle reader_of(const secret& text)
{
    return bio_handle(BIO_new_mem_buf(text.reveal().data(), static_cast<int>(text.size())));
}

// Nobody is there to be asked for one.
int no_passphrase(char*, int, int, void*) { return 0; }

} // namespace

struct client_certificate::pair
{
    x509_handle leaf;
    chain_handle chain;
    key_handle key;
};

struct client_certificate::versions
{
    file_version certificate;
    file_version key;
    static versions of(const client_certificate_files& files)
    {
        return {version_of(files.certificate), version_of(key_file(files))};
    }
    friend bool operator==(const versions&, const versions&) = default;
};

result<std::unique_ptr<const client_certificate::pair>>
client_certificate::read(const client_certificate_files& files)
{
    const auto certificates = read_file(files.certificate, "client_certificate");
    if (!certificates)
        return std::unexpected(certificates.error());
    pair made;
    const auto from = reader_of(*certificates);
    made.leaf.reset(PEM_read_bio_X509(from.get(), nullptr, no_passphrase, nullptr));
    if (!made.leaf)
        return refused("client_certificate", files.certificate, "holds no PEM certificate");
    made.chain.reset(sk_X509_new_null());
    while (auto* next = PEM_read_bio_X509(from.get(), nullptr, no_passphrase, nullptr))
        sk_X509_push(made.chain.get(), next);
    ERR_clear_error(); // "no start line": the end of the chain

    const auto key = read_file(key_file(files), "client_key");
    if (!key)
        return std::unexpected(key.error());
    made.key.reset(PEM_read_bio_PrivateKey(reader_of(*key).get(), nullptr, no_passphrase, nullptr));
    if (!made.key)
        return refused(
            "client_key", key_file(files), "holds no PEM private key that opens without a passphrase"
        );
    if (X509_check_private_key(made.leaf.get(), made.key.get()) != 1)
        return refused("client_key", key_file(files), "is not the key of " + files.certificate);
    return std::make_unique<const pair>(std::move(made));
}

result<std::unique_ptr<client_certificate>> client_certificate::load(client_certificate_files files)
{
    auto seen = versions::of(files); // first: what is written meanwhile is seen as new
    auto made = read(files);
    if (!made)
        return std::unexpected(made.error());
    return std::unique_ptr<client_certificate>(
        new client_certificate(std::move(files), std::move(*made), seen)
    );
}

client_certificate::client_certificate(
    client_certificate_files files, std::unique_ptr<const pair> read, versions seen
)
    : files_(std::move(files)), pair_(std::move(read)), seen_(std::make_unique<versions>(seen))
{
}

client_certificate::~client_certificate() = default;

void client_certificate::refresh()
{
    const auto seen = versions::of(files_);
    if (seen == *seen_)
        return;
    *seen_ = seen;
    auto made = read(files_);
    if (made)
        pair_ = std::move(*made);
    else
        log::failure("http_client.certificate_not_renewed", made.error());
}

bool client_certificate::use_on(SSL* connection) const
{
    return SSL_use_cert_and_key(connection, pair_->leaf.get(), pair_->key.get(), pair_->chain.get(), 1) == 1;
}

time_point client_certificate::valid_until() const
{
    std::tm parts{};
    ASN1_TIME_to_tm(X509_get0_notAfter(pair_->leaf.get()), &parts);
    return time_point(std::chrono::seconds(::timegm(&parts)));
}

} // namespace sekisho::net
