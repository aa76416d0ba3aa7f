! Model PC, Godley and Lavoie (2007), chapter 4: the textbook equations as ModelFlow text.
FRML <>      Y   = C + G $
FRML <IDENT> YD  = Y - T + R(-1) * BH(-1) $
FRML <>      T   = theta * (Y + R(-1) * bh(-1)) $
FRML <>      d(V) = YD - C $
FRML <Z,EXO> C   = alpha1 * YD +
                   alpha2 * V(-1) $
FRML <>      HH  = V - BH $
FRML <>      BH  = (lambda0 + lambda1 * R) * V - lambda2 * YD $
FRML <>      BS  = BS(-1) + (G + R(-1) * BS(-1)) - (T + R(-1) * BCB(-1)) $
FRML <>      HS  = HS(-1) + BCB - BCB(-1) $
FRML <>      BCB = BS - BH $
FRML <>      R   = RBAR $
! data: G = 20
! data: THETA = 0.2
! data: ALPHA1 = 0.6
! data: ALPHA2 = 0.4
! data: LAMBDA0 = 0.635
! data: LAMBDA1 = 5
! data: LAMBDA2 = 0.01
! data: RBAR = 0.025
! start: BH(0) = 64.865
! start: BS(0) = 86.441
! start: BCB(0) = 21.576
! start: HS(0) = 21.62
! start: V(0) = 86.485
! start: R(0) = 0.025
