#!/usr/bin/perl
# Makes in a new Request Tracker what an operator makes for Sportello: a queue of its own, a user who may work in it, and a
# token of that user's, which is printed. RT_SITE_CONFIG says which Request Tracker.
use strict;
use warnings;
use lib '/usr/share/request-tracker5/lib', '/usr/local/share/request-tracker5/lib';
use RT;
RT::LoadConfig();
RT::Init();

my $user = RT::User->new(RT->SystemUser);
my ($ok, $why) = $user->Create(Name => 'sportello', Password => 'parola-di-prova', Privileged => 1, EmailAddress => 'sportello@olmo.example');
die "user: $why\n" unless $ok;

my @rights = qw(SeeQueue ShowTicket CreateTicket CommentOnTicket ModifyTicket ShowTicketComments);
for my $name ('General', 'Ordini') {
    my $queue = RT::Queue->new(RT->SystemUser);
    $queue->Load($name);
    ($ok, $why) = $queue->Id ? (1) : $queue->Create(Name => $name);
    die "queue $name: $why\n" unless $ok;
    for my $right (@rights) {
        ($ok, $why) = $user->PrincipalObj->GrantRight(Right => $right, Object => $queue);
        die "right $right: $why\n" unless $ok;
    }
}
my $token = RT::AuthToken->new(RT->SystemUser);
($ok, $why, my $auth) = $token->Create(Owner => $user->Id, Description => 'Sportello');
die "token: $why\n" unless $ok;
print "$auth\n";
