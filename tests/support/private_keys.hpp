// SPDX-License-Identifier: Apache-2.0
#pragma once
// Private keys that RFCs print or that the openssl program made, with what is known to follow from them.

#include <string_view>

namespace sekisho::test
{

// RFC 7515, A.2.1: signs rs256_vector.
inline constexpr std::string_view rfc7515_rsa =
    R"({"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB","d":"Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ","p":"4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc","q":"uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc","dp":"BwKfV3Akq5_MFZDFZCnW-wzl-CCo83WoZvnLQwCTeDv8uzluRSnm71I3QCLdhrqE2e9YkxvuxdBfpT_PI7Yz-FOKnu1R6HsJeDCjn12Sk3vmAktV2zb34MCdy7cpdTh_YVr7tss2u6vneTwrA86rZtu5Mbr1C1XsmvkxHQAdYo0","dq":"h_96-mK1R_7glhsum81dZxjTnYynPbZpHziZjeeHcXYsXaaMwkOlODsWa7I9xXDoRwbKgB719rrmI2oKr6N3Do9U0ajaHF-NKJnwgjMd2w9cjz3_-kyNlxAr2v4IKhGNpmM5iIgOS1VZnOZ68m6_pbLBSp3nssTdlqvd0tIiTHU","qi":"IYd7DHOhrWvxkwPQsRM2tOgrjbcrfvtQJipd-DlcxyVuuM9sQLdgjVk2oy26F0EmpScGLq2MowX7fhd_QJQ3ydy5cY7YIBi87w93IKLEdfnbJtoOPLUW0ITrJReOgo1cq9SbsxYawBgfp_gh6A5603k2-ZQwVK0JKSHuLFkuQ3U"})";

// RFC 8037, A.1: signs eddsa_vector; its thumbprint is A.3's.
inline constexpr std::string_view rfc8037_ed25519 =
    R"({"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
inline constexpr std::string_view rfc8037_thumbprint = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";

// openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256, and the same key from openssl ec.
inline constexpr std::string_view openssl_ec_pkcs8 = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgwGYZI0Z/kmMfHs/Q
R+WPFgHqLGc5zInVBFczi+jF4u6hRANCAATnHGseXAqJuUqsSu6SEY9hJqK/QIWR
UsCqvNPG/j2pP7tJ5n4Q2nmotsNaT7bGMesRrPE6Pv6Xp+NVCOjIaGUx
-----END PRIVATE KEY-----
)";
inline constexpr std::string_view openssl_ec_traditional = R"(-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIMBmGSNGf5JjHx7P0EfljxYB6ixnOcyJ1QRXM4voxeLuoAoGCCqGSM49
AwEHoUQDQgAE5xxrHlwKiblKrErukhGPYSaiv0CFkVLAqrzTxv49qT+7SeZ+ENp5
qLbDWk+2xjHrEazxOj7+l6fjVQjoyGhlMQ==
-----END EC PRIVATE KEY-----
)";
// The same again by openssl pkcs8 -topk8 with a password.
inline constexpr std::string_view openssl_ec_encrypted = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAiH0mxO8lt49wICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEELS/wbH+Ccet+32/L2aQBkwEgZDB
IPZARp0/kDoKGQWzCerCMeynnjy3JY7uyTITur67DoG8zyHkm29jA31Xk/SQkvhf
oVrT91XxWjb48mOKenCMI1p8Q4cjfCmvLuD6lClfQI+FAgnp7mmHBNWpuW6Zc4wx
UfdTKUWRroGaG8gEfw46WJjUP3g1fq0nnmkwnobDMeJj3n9l82Oc+Nk6FkEvITg=
-----END ENCRYPTED PRIVATE KEY-----
)";
// Its certificate by openssl req -x509, and the digests of openssl dgst, base64url.
inline constexpr std::string_view openssl_ec_certificate = R"(-----BEGIN CERTIFICATE-----
MIIBeTCCAR+gAwIBAgIUMXEvKV2q1+1P6dv8/wFxnBQeb1YwCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGdmVjdG9yMCAXDTI2MTEyMjAxNDgwNloYDzIxMjYxMDI5MDE0
ODA2WjARMQ8wDQYDVQQDDAZ2ZWN0b3IwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AATnHGseXAqJuUqsSu6SEY9hJqK/QIWRUsCqvNPG/j2pP7tJ5n4Q2nmotsNaT7bG
MesRrPE6Pv6Xp+NVCOjIaGUxo1MwUTAdBgNVHQ4EFgQUQsKSSb1SEKM/tkC24evq
NVWVUvEwHwYDVR0jBBgwFoAUQsKSSb1SEKM/tkC24evqNVWVUvEwDwYDVR0TAQH/
BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiAIX1GUKaqugGWKxarkbt6jBdFGYTlr
xPxQ9zr1woY08QIhALRNEvv/EDh36jBZsBaCdYRSAkK2IXuXEOgHlotkZr/j
-----END CERTIFICATE-----
)";
inline constexpr std::string_view openssl_ec_x5t = "6M7HsQTOQhHWrC5sVJH2CMjsWtA";
inline constexpr std::string_view openssl_ec_x5t_s256 = "jPlAqrozJcNsXQ0Ansbf1YzyhH8ctd2FPR3rkNuxviA";

// What we do not sign with: RSA of 1024 bits, and EC on secp256k1.
inline constexpr std::string_view openssl_rsa_1024 = R"(-----BEGIN PRIVATE KEY-----
MIICeAIBADANBgkqhkiG9w0BAQEFAASCAmIwggJeAgEAAoGBAML4uq4BRknLrIIK
xBC5Stpjy3vT6Sttfal/yJskjQES09rLE4Y7dokjmWy9ANyoG6OzU65QwGjrpgAB
G7Je37Whz1DSp87luXvXS6FIGClpOq8UFw/LWfVXdJEbMDL5K3hjCARsxUl6pg0h
ogvOgylvfDAxMMMFVp/zFibh055zAgMBAAECgYEAorFpHVAE9glV/wG6z/W+Z3RE
1SRkeo+X/3uYyxT58H5keDtjJGy0IgWpvhoNARPqVHSMjHXnyOVylKhYE0SlyPPO
i/4VUJqgF8H0HgERfGIHsXmEM3+8jGbceWW1b2CB5QvLJcC3F+UtmQCJeG0t3Tt0
/ZwZGG+naOOGIJY/1wkCQQD9lBoaf26hFPUBS7aOGRRyANDNrMm6+n6Q9KfsxEdQ
qGoqUHaCfOI0A/sshHD14od4xfISHcSUGgkuxM/LIDYVAkEAxNVbVSiXxL/aij1t
iWdGC6i4ly0svmQdzYgIESMIuVgd/AxFmwRcCi/zjEE/YdTn0c3rdxwl1yH85rqj
ZRlsZwJBAPR5ZPFHCpGictPc+xPkeiGvR6ADhjoOZxe5yGwsj9Tjifdhu9/yJuOf
Mvmodn+Y9qMptEhjCrL+pvvAI9XiKEECQBkqWhoCLZ1HFi7Uebu2i3sUID2b1ful
mzXa7YUbYJMp0/OUshWGsinPRakp8muUp+roE/HPlHrz6nypYhib7oMCQQCU1fIv
1928h1Ue7Fox5VffFVYQJ1QzUmgHA4twZAKouWKSTs14AXDlevfKRW3YReQTJ9wD
AkgxuyZNxUcjLebM
-----END PRIVATE KEY-----
)";
inline constexpr std::string_view openssl_secp256k1 = R"(-----BEGIN PRIVATE KEY-----
MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgby1eOrlmehRqResqYa4z
WPS+fRozK9i42QPdJlerG3GhRANCAAQ852Vs8rJ9swHOS3nbqYQr+BaG1cGpXdel
6v74tFPBh11qdrzYDUavUNXY1dZfZfLdhZ6IGJmihXncp7raKPqC
-----END PRIVATE KEY-----
)";

} // namespace sekisho::test
