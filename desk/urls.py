"""The addresses of the desk. A claim's id comes last: it may hold any character, a slash too."""

from django.conf import settings
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from desk.web import (
    accounts,
    acting,
    approvals,
    batches,
    claims,
    help_page,
    letters,
    orphans,
    pictures,
    queue,
    signin,
    views_saved,
)

_desk = [
    path("", queue.queue_page, name="queue"),
    path("suivante", queue.next_page, name="next"),
    path("prendre/<path:claim>", queue.take, name="take"),
    path("laisser/<path:claim>", queue.let_go, name="let-go"),
    path("vues/garder", views_saved.keep, name="keep-view"),
    path("vues/<int:key>/oublier", views_saved.forget, name="forget-view"),
    path("demandes/<path:claim>", claims.claim_page, name="claim"),
    path("actes/<slug:act>/<path:claim>", acting.act, name="act"),
    path("pages/<int:document>/<int:page>", pictures.picture, name="picture"),
    path("approbations", approvals.approvals_page, name="approvals"),
    path("paiements", batches.batches_page, name="batches"),
    path("paiements/<str:name>", batches.batch_page, name="batch"),
    path("paiements/<str:name>/approuver", batches.approve, name="approve-batch"),
    path("paiements/<str:name>/retirer", batches.withdraw, name="withdraw-approval"),
    path("paiements/<str:name>/renvoyer/<path:claim>", batches.send_back, name="send-back-payment"),
    path("paiements/<str:name>/fichier", batches.fetch, name="fetch-batch"),
    path("courriers", letters.letters_page, name="letters"),
    path("courriers/<str:name>", letters.letter, name="letter"),
    path("orphelins", orphans.orphans_page, name="orphans"),
    path("orphelins/<int:document>/rattacher", orphans.attach, name="attach"),
    path("orphelins/<int:document>/detacher", orphans.detach, name="detach"),
    path("comptes", accounts.accounts_page, name="accounts"),
    path("comptes/nouveau", accounts.new, name="new-account"),
    path("comptes/regles", accounts.change_policy, name="change-policy"),
    path("comptes/<int:key>/<slug:what>", accounts.change, name="change-account"),
    path("aide", help_page.help_page, name="help"),
    path("connexion", signin.SignIn.as_view(), name="sign-in"),
    path("connexion/code", signin.second_factor, name="second-factor"),
    path("connexion/mot-de-passe", signin.ChangePassword.as_view(), name="change-password"),
    path("connexion/appareil", signin.set_up_second_factor, name="set-up-second-factor"),
    path("connexion/appareil/image", signin.second_factor_picture, name="second-factor-picture"),
    path("deconnexion", LogoutView.as_view(), name="sign-out"),
]

urlpatterns = [path("", include((_desk, "desk")))]
if settings.DESK_OIDC:
    urlpatterns.append(path("annuaire/", include("mozilla_django_oidc.urls")))

handler400 = "desk.web.errors.wrong"
handler403 = "desk.web.errors.not_allowed"
handler404 = "desk.web.errors.not_there"
handler500 = "desk.web.errors.broke"
