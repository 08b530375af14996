"""The administrator's page: accounts, roles, what needs a second person. Each change is on the chain."""

from __future__ import annotations

import secrets
from decimal import Decimal, InvalidOperation

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import Group, User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk import acts
from desk.acts import ROLES, Impossible, Policy, Right
from desk.web.guards import needs, person
from desk.web.models import DirectoryPerson, GivenPassword
from desk.web.wording import ROLES as ROLE_NAMES
from records import audit


class NewAccount(forms.Form):
    username = forms.CharField(label="Identifiant", max_length=150, validators=[UnicodeUsernameValidator()])
    name = forms.CharField(label="Nom", max_length=150, required=False)
    email = forms.EmailField(label="Adresse électronique", required=False)
    role = forms.ChoiceField(label="Rôle", choices=list(ROLE_NAMES.items()))

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if not email and not settings.DESK_PASSWORDS:
            raise forms.ValidationError("Sans adresse, l’annuaire ne trouvera pas ce compte.")
        return email

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("Cet identifiant est pris.")
        return username


def make_account(
    username: str, role: str, name: str = "", email: str = "", *, to_be_changed: bool = True
) -> str:
    """A new account with a role and a password, which is returned and kept nowhere in clear; "" where the
    directory is the only way in: its person is known by the address.
    """
    password = secrets.token_urlsafe(15) if settings.DESK_PASSWORDS else ""
    user = User.objects.create_user(username, email, password or None, last_name=name)
    user.groups.set([_group(role)])
    if password and to_be_changed:
        GivenPassword.objects.create(user=user)
    return password


def _group(role: str) -> Group:
    if role not in ROLES:
        raise Impossible("Ce rôle n’existe pas.")
    group: Group = Group.objects.get(name=role)
    return group


@require_GET
@needs(Right.ADMINISTER)
def accounts_page(request: HttpRequest) -> HttpResponseBase:
    return _show(request, NewAccount())


def _show(
    request: HttpRequest,
    form: NewAccount,
    status: int = 200,
    alert: str = "",
    once: tuple[str, str] | None = None,
) -> HttpResponse:
    devices = set(TOTPDevice.objects.filter(confirmed=True).values_list("user_id", flat=True))
    listed = set(DirectoryPerson.objects.values_list("user_id", flat=True))
    accounts = [
        (user, next((group.name for group in user.groups.all()), ""), user.pk in devices, user.pk in listed)
        for user in User.objects.prefetch_related("groups").order_by("-is_active", "username")
    ]
    context = {
        "accounts": accounts,
        "form": form,
        "roles": ROLE_NAMES,
        "passwords": settings.DESK_PASSWORDS,
        "policy": acts.policy(),
        "alert": alert,
        "once": once,
    }
    return render(request, "desk/accounts.html", context, status=status)


@require_POST
@needs(Right.ADMINISTER)
def new(request: HttpRequest) -> HttpResponseBase:
    """Make an account; its first password is shown on this one answer."""
    form = NewAccount(request.POST)
    if not form.is_valid():
        return _show(request, form, 422)
    given = form.cleaned_data
    with transaction.atomic():
        password = make_account(given["username"], given["role"], given["name"], given["email"])
        _told(request, "account.made", given["username"], {"role": given["role"]})
    if not password:
        messages.success(request, f"Compte {given['username']} créé : l’annuaire y mène par son adresse.")
        return redirect("desk:accounts")
    return _show(request, NewAccount(), once=(given["username"], password))


@require_POST
@needs(Right.ADMINISTER)
def change(request: HttpRequest, key: int, what: str) -> HttpResponseBase:
    """``role``, ``mot-de-passe``, ``appareil``, ``fermer``, ``rouvrir`` of an account; never of one's own."""
    user = get_object_or_404(User, pk=key)
    if user.pk == person(request).pk:
        return _show(
            request,
            NewAccount(),
            422,
            "On ne change pas son propre compte : demandez à un autre administrateur.",
        )
    with transaction.atomic():
        match what:
            case "role":
                role = request.POST.get("role", "")
                if role and role not in ROLES:
                    return _show(request, NewAccount(), 422, "Ce rôle n’existe pas.")
                user.groups.set([_group(role)] if role else [])
                _told(request, "account.role", user.username, {"role": role})
            case "mot-de-passe":
                password = secrets.token_urlsafe(15)
                user.set_password(password)
                user.save(update_fields=["password"])
                GivenPassword.objects.get_or_create(user=user)
                _told(request, "account.password", user.username, {})
                return _show(request, NewAccount(), once=(user.username, password))
            case "appareil":
                TOTPDevice.objects.filter(user=user).delete()
                _signed_out(user)
                _told(request, "account.second_factor", user.username, {"set_up": False})
            case "fermer" | "rouvrir":
                user.is_active = what == "rouvrir"
                user.save(update_fields=["is_active"])
                if not user.is_active:
                    _signed_out(user)
                _told(request, "account.active", user.username, {"active": user.is_active})
            case _:
                raise Http404
    messages.success(request, f"Compte {user.username} changé.")
    return redirect("desk:accounts")


def _told(request: HttpRequest, action: str, subject: str, details: dict[str, object]) -> None:
    audit.append(person(request).get_username(), action, subject, details)


def _signed_out(user: User) -> None:
    """End the account's sessions; a few dozen people work here, so all are looked through."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


@require_POST
@needs(Right.ADMINISTER)
def change_policy(request: HttpRequest) -> HttpResponseBase:
    """What needs a second person; an empty amount: no amount does."""
    text = "".join(request.POST.get("second_person_above", "").split()).replace(",", ".")
    try:
        above = Decimal(text).quantize(Decimal("0.01")) if text else None
    except InvalidOperation:
        return _show(request, NewAccount(), 422, "Ce montant n’est pas un nombre.")
    flags = {name: name in request.POST for name in _FLAGS}
    try:
        acts.change_policy(person(request), Policy(second_person_above=above, **flags))
    except Impossible as why:
        return _show(request, NewAccount(), 422, str(why))
    messages.success(request, "Les règles du bureau sont changées.")
    return redirect("desk:accounts")


_FLAGS = (
    "second_person_for_overruled",
    "second_person_for_accounts",
    "rejections_validated",
    "batches_approved",
)
