' Model LP, Godley and Lavoie (2007), chapter 5: the textbook equations as EViews-like text.
smpl 1 60
series g = 20
scalar theta = 0.1938
series alpha1 = 0.8
series alpha2 = 0.2
series rbar = 0.03
series pbar = 20
series chi = 0.1
series lambda20 = 0.44196
series lambda22 = 1.1
series lambda23 = 1
series lambda24 = 0.03
series lambda30 = 0.3997
series lambda32 = 1
series lambda33 = 1.1
series lambda34 = 0.03

identity y = cons + g
lp.append ydr = y - t + rb(-1) * bh(-1) + blh(-1)
lp.append t = theta * (y + rb(-1) * bh(-1) + blh(-1))
lp.append @identity d(v) = ydr - cons + cg
lp.append cg = d(pbl) * blh(-1)
cons = alpha1 * ydre + alpha2 * v(-1)
ve = v(-1) + ydre - cons + cg
hh = v - bh - pbl * blh
bh = (lambda20 + lambda22 * rb - lambda23 * errbl) * ve - lambda24 * ydre
blh = ((lambda30 - lambda32 * rb + lambda33 * errbl) * ve _
       - lambda34 * ydre) / pbl
d(bs) = g + rb(-1) * bs(-1) + bls(-1) - t - rb(-1) * bcb(-1) - d(bls) * pbl
bls = blh
bcb = bs - bh
rb = rbar
pbl = pbar
errbl = rbl + chi * (pble - pbl) / pbl
rbl = @inv(pbl)
pble = pbl
ydre = ydr(-1)

' opening, as published
series bh(0) = 37.839
series bcb(0) = 20.125
series bs(0) = 57.964
series blh(0) = 1.892
series bls(0) = 1.892
series v(0) = 95.803
series rb(0) = 0.03
series pbl(0) = 20
series ydr(0) = 95.803
