"""An OpenID Connect provider of one client, for tests: `python -m tests.accounts.openid_provider PORT`.

It does what a real one does of the code flow: discovery, keys, a code for a challenge (PKCE) that is good for once,
signed tokens, claims for a bearer. Who sits at its keyboard is told it by `PUT /person`: their claims, and with
`"forged": true` a signature by a key that it does not publish.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = {"client_id": "the-register", "client_secret": "between-us"}
KEY_NAME = "key-1"

_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_other_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_person: dict[str, Any] = {}
_codes: dict[str, dict[str, str]] = {}
_tokens: set[str] = set()


class Provider(BaseHTTPRequestHandler):
    @property
    def issuer(self) -> str:
        return f"http://{self.headers['Host']}"

    def do_GET(self) -> None:
        path, asked = self._asked()
        match path:
            case "/.well-known/openid-configuration":
                self._answer(
                    {
                        "issuer": self.issuer,
                        "authorization_endpoint": f"{self.issuer}/authorize",
                        "token_endpoint": f"{self.issuer}/token",
                        "userinfo_endpoint": f"{self.issuer}/userinfo",
                        "jwks_uri": f"{self.issuer}/keys",
                        "response_types_supported": ["code"],
                        "subject_types_supported": ["public"],
                        "id_token_signing_alg_values_supported": ["RS256"],
                        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                        "code_challenge_methods_supported": ["S256"],
                    }
                )
            case "/keys":
                public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_key.public_key()))
                self._answer({"keys": [public | {"kid": KEY_NAME, "use": "sig", "alg": "RS256"}]})
            case "/authorize":
                self._authorize(asked)
            case "/userinfo":
                bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
                claims = {name: value for name, value in _person.items() if name not in ("forged", "refuses")}
                self._answer(
                    claims if bearer in _tokens else {"error": "invalid_token"}, 200 if bearer in _tokens else 401
                )
            case _:
                self._answer({"error": "not_found"}, 404)

    def do_PUT(self) -> None:
        _person.clear()
        _person.update(json.loads(self._body()))
        self._answer({})

    def do_POST(self) -> None:
        self._token({name: values[0] for name, values in parse_qs(self._body().decode()).items()})

    def _authorize(self, asked: dict[str, str]) -> None:
        right = (
            asked.get("client_id") == CLIENT["client_id"]
            and asked.get("response_type") == "code"
            and asked.get("code_challenge_method") == "S256"
            and "openid" in asked.get("scope", "").split()
        )
        if not right:
            self._answer({"error": "invalid_request"}, 400)
            return
        answer = {"state": asked["state"]}
        if _person.get("refuses"):
            answer["error"] = "access_denied"
        else:
            answer["code"] = secrets.token_urlsafe(12)
            _codes[answer["code"]] = asked
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(answer)}")
        self.end_headers()

    def _token(self, sent: dict[str, str]) -> None:
        basic = base64.b64encode(f"{CLIENT['client_id']}:{CLIENT['client_secret']}".encode()).decode()
        asked = _codes.pop(sent.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        right = (
            self.headers.get("Authorization") == f"Basic {basic}"
            and sent.get("grant_type") == "authorization_code"
            and asked is not None
            and asked["redirect_uri"] == sent.get("redirect_uri")
            and asked["code_challenge"] == challenge.decode().rstrip("=")
        )
        if not right:
            self._answer({"error": "invalid_grant"}, 400)
            return
        token = secrets.token_urlsafe(12)
        _tokens.add(token)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT["client_id"], "iat": now, "exp": now + 300, "sub": _person["sub"]}
        key = _other_key if _person.get("forged") else _key
        identity = jwt.encode(claims, key, algorithm="RS256", headers={"kid": KEY_NAME})
        self._answer({"access_token": token, "token_type": "Bearer", "expires_in": 300, "id_token": identity})

    def _asked(self) -> tuple[str, dict[str, str]]:
        parts = urlsplit(self.path)
        return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _answer(self, told: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_: Any) -> None:
        """Requests of a passing test are nobody's news."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider).serve_forever()
