"""Signing in: password, then second factor; setting the second factor up; signing out."""

from __future__ import annotations

import io
from typing import Any, cast

import qrcode
import qrcode.image.svg
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods
from django_otp import login as otp_login
from django_otp import match_token, user_has_device
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.web.guards import OWN_FIRST, next_step, person, signed_in
from desk.web.models import GivenPassword
from desk.web.sessions import told_once
from records import audit


class SignIn(auth_views.LoginView):
    """The password. Django changes the session's key at a sign-in, and axes counts what fails."""

    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        told_once(request)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DESK_PASSWORDS:
            raise PermissionDenied("Connectez-vous par l’annuaire de l’organisme.")
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ways = {"directory": settings.DESK_OIDC, "passwords": settings.DESK_PASSWORDS}
        return {**super().get_context_data(**kwargs), **ways}


def locked_out(request: HttpRequest, *_: object) -> HttpResponse:
    """What who guessed too often is told; the same for an account that is not there."""
    return render(request, "desk/locked_out.html", status=429)


class ChangePassword(auth_views.PasswordChangeView):
    """One's own password, by the one it replaces; one that somebody else made is changed before all else."""

    template_name = "desk/change_password.html"
    success_url = reverse_lazy("desk:queue")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not settings.DESK_PASSWORDS or not person(request).has_usable_password():
            raise Http404
        step = next_step(request)
        if step not in (None, OWN_FIRST):
            return redirect(step)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "given": next_step(self.request) == OWN_FIRST}

    def form_valid(self, form: Any) -> HttpResponse:
        user = person(self.request)
        with transaction.atomic():
            GivenPassword.objects.filter(user=user).delete()
            audit.append(user.get_username(), "account.password", user.get_username(), {"own": True})
            answer = super().form_valid(form)
        messages.success(self.request, "Votre mot de passe est changé.")
        return answer


class Code(forms.Form):
    """Six digits; spaces as applications show them are taken."""

    code = forms.CharField(
        label="Code à six chiffres",
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )

    def __init__(self, user: User, data: Any = None, device: TOTPDevice | None = None) -> None:
        super().__init__(data)
        self._user, self.device = user, device

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split())
        if self.device is not None:
            matched = self.device if self.device.verify_token(code) else None
        else:
            matched = match_token(self._user, code)
        if matched is None:
            raise forms.ValidationError("Ce code n’est pas le bon. Attendez le suivant, puis réessayez.")
        self.device = cast(TOTPDevice, matched)
        return code


@require_http_methods(["GET", "POST"])
@signed_in
def second_factor(request: HttpRequest) -> HttpResponseBase:
    """The code of a device that is set up."""
    user = person(request)
    if not user_has_device(user):
        return redirect("desk:set-up-second-factor")
    form = Code(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        otp_login(request, form.device)
        return _onwards(request)
    return render(request, "desk/second_factor.html", {"form": form, "next": request.GET.get("next", "")})


@require_http_methods(["GET", "POST"])
@signed_in
def set_up_second_factor(request: HttpRequest) -> HttpResponseBase:
    """A device of one's own, kept once it gave a code. Never a second one without the first."""
    user = person(request)
    if user_has_device(user):
        return redirect("desk:second-factor")
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "application"})
    form = Code(user, request.POST or None, device)
    if request.method == "POST" and form.is_valid():
        device.confirmed = True
        device.save()
        audit.append(user.get_username(), "account.second_factor", user.get_username(), {"set_up": True})
        otp_login(request, device)
        return _onwards(request)
    context = {"form": form, "key": _grouped(device), "next": request.GET.get("next", "")}
    return render(request, "desk/set_up_second_factor.html", context)


@require_GET
@signed_in
def second_factor_picture(request: HttpRequest) -> HttpResponseBase:
    """The key of a device being set up, as a QR code; of one that is set up, never again."""
    device = TOTPDevice.objects.filter(user=person(request), confirmed=False).first()
    if device is None or user_has_device(person(request)):
        return HttpResponse(status=404)
    drawn = io.BytesIO()
    qrcode.make(device.config_url, image_factory=qrcode.image.svg.SvgPathImage, box_size=14).save(drawn)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def _grouped(device: TOTPDevice) -> str:
    """The key as people type it: base 32, in fours."""
    from base64 import b32encode

    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _onwards(request: HttpRequest) -> HttpResponseRedirect:
    to = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure()):
        to = reverse(settings.LOGIN_REDIRECT_URL)
    return HttpResponseRedirect(to)
