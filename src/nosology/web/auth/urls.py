"""Addresses of sign-in, one's own account, people, tokens, the audit log and break-glass.

Of allauth only what is used has an address: there is no sign-up, no mail and no reset by mail.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, URLResolver, path

from nosology.web.access import open_page, signed_in_page
from nosology.web.auth import account_pages, audit_pages, people_pages, token_pages

__all__ = ["urlpatterns"]


def _open(view: Any, why: str) -> Any:
    def shown(request: Any, *args: Any, **kwargs: Any) -> Any:
        return view(request, *args, **kwargs)

    return open_page(why)(shown)


_read = signed_in_page()
_own = signed_in_page(methods=("GET", "HEAD", "POST"))
_DOOR = "nobody is signed in yet"

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/login/", _open(account.login, _DOOR), name="account_login"),
    path("account/logout/", _open(account.logout, "whoever is not signed in is led to sign-in"), name="account_logout"),
    path("account/inactive/", _open(account.account_inactive, _DOOR), name="account_inactive"),
    path("account/forgotten/", account_pages.forgotten, name="account_reset_password"),
    path("account/link/<str:token>/", account_pages.choose_password, name="password-link"),
    path("account/reauthenticate/", _own(account.reauthenticate), name="account_reauthenticate"),
    path("account/password/set/", account_pages.forgotten, name="account_set_password"),
    path("account/password/", _own(account.password_change), name="account_change_password"),
    path("account/2fa/", _read(second_factor.index), name="mfa_index"),
    path("account/2fa/authenticate/", _open(second_factor.authenticate, _DOOR), name="mfa_authenticate"),
    path("account/2fa/reauthenticate/", _own(second_factor.reauthenticate), name="mfa_reauthenticate"),
    path("account/2fa/totp/activate/", _own(totp.activate_totp), name="mfa_activate_totp"),
    path("account/2fa/totp/deactivate/", _own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/2fa/recovery-codes/", _read(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/2fa/recovery-codes/generate/",
        _own(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/2fa/recovery-codes/download/",
        _read(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("account/2fa/keys/", _read(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("account/2fa/keys/add/", _own(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "account/2fa/keys/reauthenticate/", _own(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"
    ),
    path("account/2fa/keys/login/", _open(webauthn.login_webauthn, _DOOR), name="mfa_login_webauthn"),
    path("account/2fa/keys/<int:pk>/remove/", _own(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("account/2fa/keys/<int:pk>/edit/", _own(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("account/", account_pages.account, name="account"),
    path("account/alive/", account_pages.alive, name="session-alive"),
    path("account/sessions/end/", account_pages.end_sessions, name="session-end"),
    path("account/organisation/", account_pages.switch_organisation, name="switch-organisation"),
    path("account/tokens/", token_pages.tokens, name="tokens"),
    path("account/tokens/<uuid:token>/revoke/", token_pages.revoke, name="token-revoke"),
    path("people/", people_pages.people, name="people"),
    path("people/invite/", people_pages.invite, name="people-invite"),
    path("people/organisation/", people_pages.organisation, name="people-organisation"),
    path("people/organisations/new/", people_pages.new_organisation, name="people-organisation-new"),
    path("people/<uuid:user>/", people_pages.person, name="people-person"),
    path("people/<uuid:user>/link/", people_pages.link, name="people-link"),
    path("people/<uuid:user>/second-factors/", people_pages.second_factors, name="people-second-factors"),
    path("audit/", audit_pages.audit, name="audit"),
    path("break-glass/", audit_pages.glass, name="break-glass"),
    path("break-glass/<uuid:glass>/review/", audit_pages.review, name="break-glass-review"),
]
